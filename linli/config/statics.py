"""Static files under names that change with their content, also inside our own scripts (静态文件)."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns  # noqa: SLF001  (Django offers them for all scripts or for none)


class Statics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library carries no types
    """Keep files compressed and named by content, so that a browser asks for each only once.

    Scripts of a library may name files that it does not ship, so only our own are rewritten.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("linli/*.js", _IMPORTS))
