"""Where things happen: the tree of places (地点)."""

from typing import ClassVar

from django.db import models

from linli.frame.finding import NameTokensField


class Kind(models.TextChoices):
    """What a place is."""

    CITY = "city", "市"
    DISTRICT = "district", "区"
    COUNTY = "county", "县区"
    SUBDISTRICT = "subdistrict", "街道"
    TOWNSHIP = "township", "乡镇"
    COMMUNITY = "community", "社区"
    VILLAGE = "village", "村"
    CONVERTED_VILLAGE = "converted_village", "村改居社区"
    SECTOR = "sector", "片区"
    GRID_CELL = "grid_cell", "网格"
    ESTATE = "estate", "小区"
    LANE = "lane", "巷"
    COURTYARD = "courtyard", "院落"
    HAMLET = "hamlet", "塆组"
    BUILDING = "building", "楼栋"
    ENTRANCE = "entrance", "单元"


class Place(models.Model):
    """One place, with its path in the tree and its outline on a plan in metres (地点)."""

    key = models.CharField("代号", max_length=64, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级", null=True, related_name="children"
    )
    path = models.CharField("路径", max_length=48, unique=True)
    kind = models.CharField("类型", max_length=24, choices=Kind.choices)
    name = models.CharField("名称", max_length=60)
    pack = models.CharField("方法包", max_length=32)
    households = models.PositiveIntegerField("户数", default=0)
    people = models.PositiveIntegerField("人口", default=0)
    estate_kind = models.CharField("小区类型", max_length=16, blank=True)
    outline = models.JSONField("轮廓", default=list)
    tokens = NameTokensField("检索词", of="name")

    class Meta:
        verbose_name = "地点"
        verbose_name_plural = "地点"
        indexes: ClassVar = [models.Index(fields=["parent", "path"], name="place_children")]

    def __str__(self) -> str:
        return self.name
