"""Makes the faces in this folder from Inter: `python subset.py FOLDER_OF_INTER`. Needs fonttools."""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
CHARACTERS = [
    *range(0x20, 0x7F),  # Latin
    *range(0xA0, 0x149), *range(0x14A, 0x180),  # Latin-1, Latin Extended-A without the deprecated U+0149
    *range(0x2010, 0x2016), *range(0x2018, 0x201F),  # hyphens, dashes, quotation marks
    *map(ord, "†‡•…‰′″‹›€™−←↑→↓↗↘Δ≈≠≤≥"),
]


def freeze_tabular_digits(font):
    """Makes the figures of equal width the default: SVG viewers do not switch `tnum` on reliably."""
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for subtable in table.LookupList.Lookup[index].SubTable:
                mapping = getattr(subtable, "ExtSubTable", subtable).mapping
                for cmap in font["cmap"].tables:
                    for code in map(ord, "0123456789"):
                        if code in cmap.cmap:
                            cmap.cmap[code] = mapping.get(cmap.cmap[code], cmap.cmap[code])


def make(source, target):
    font = TTFont(source, recalcTimestamp=False)
    freeze_tabular_digits(font)
    options = Options(layout_features=["kern", "mark", "mkmk", "ccmp"], hinting=False, desubroutinize=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font.save(target)
    return font


def widths(font):
    """Advance widths of U+0020 to U+007E in thousandths of an em."""
    cmap, em = font.getBestCmap(), font["head"].unitsPerEm
    return [round(1000 * font["hmtx"][cmap[code]][0] / em) for code in range(0x20, 0x7F)]


for name in ("Regular", "SemiBold"):
    made = make(Path(sys.argv[1]) / f"Inter-{name}.otf", HERE / f"Inter-{name}.otf")
    print(name, len(made.getBestCmap()), "characters; widths:", widths(made))
