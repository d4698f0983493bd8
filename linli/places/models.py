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


class AreaSource(models.TextChoices):
    """Where a floor area was read, the stronger first (面积依据)."""

    REGISTER = "register", "不动产登记簿"
    MEASURED = "measured", "实测"
    CONTRACT = "contract", "买卖合同"


class Dwelling(models.Model):
    """A flat: one exclusive unit with its floor area in square centimetres (户（房）).

    ``developer`` names whoever built it, as long as it is unsold or not handed over.
    """

    place = models.ForeignKey(Place, models.PROTECT, verbose_name="地点", related_name="dwellings")
    place_path = models.CharField("路径", max_length=48)
    label = models.CharField("门牌", max_length=30)
    area = models.PositiveBigIntegerField("专有部分面积（平方厘米）", null=True)
    area_source = models.CharField("面积依据", max_length=8, choices=AreaSource.choices, blank=True)
    developer = models.CharField("建设单位", max_length=80, blank=True)

    class Meta:
        verbose_name = "房屋"
        verbose_name_plural = "房屋"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "label"], name="dwelling_once_at_a_place"),
            models.CheckConstraint(
                condition=models.Q(area=None, area_source="")
                | models.Q(area__gt=0) & ~models.Q(area_source=""),
                name="area_says_where_it_was_read",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["place_path", "label"], name="dwelling_within")]

    def __str__(self) -> str:
        return self.label
