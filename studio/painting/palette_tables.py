"""The colour tables of the three styles, as hexadecimal sRGB words."""

from __future__ import annotations

from typing import Final

from studio.painting.wish import PaintStyle

# moment -> variants of: sky stops | land far..near | light shade | wall floor | accents | paper ink
_PAINTER: Final[dict[str, tuple[str, ...]]] = {
    "dawn": (
        (
            "5f7f9d 9db0b8 e3c9ac f4dfbf|a9b4ba 7c909c 4f6674 2b3f49 16252c|"
            "fff0d2 5a6780|d9c9b2 a78f78|e8925c d9b38c 6f93a0|f3ead9 18242b"
        ),
        (
            "6a6f9c b08fa6 eeb09c fbdcb4|b9a5b0 8f8299 5f5f7c 3a4058 1d2238|"
            "ffe3c0 5d5878|dcbfae a58373|e8836b f0c08a 7c86b0|f6e8dc 1d2035"
        ),
        (
            "3f7d86 86b3ac d9dcb9 f7ebc4|9bb8b0 6d978f 42726e 234c4c 122c2f|"
            "fff2c8 48696c|cfcdb4 938f76|eeb45f d77f57 5fa39a|f2eedb 12292b"
        ),
    ),
    "day": (
        (
            "2f78bd 69a9da b2d6ea e9f1ea|a3c0cc 7ba39f 558568 356548 1d4231|"
            "fffbe8 4d6b93|ece2d0 cdb48f|f08a3c e9c14a 3f86c4|f8f3e6 1b2a33"
        ),
        (
            "3c8fb3 7fbfcb bfe0d8 f0f0dc|a9c6bf 86ae8e 5d9061 3b6d45 1f4a33|"
            "fffbe0 496f7c|efe6d3 c9b28c|e4572e f2c14e 2f7f86|faf5e8 17302f"
        ),
        (
            "2a62a8 5b92cf a9c9e6 f1e9dc|b7c3cc 99a27e 76854f 4f6638 2d4427|"
            "fff8e0 46608c|f1e7d6 d2b98c|d94f30 f4b942 2f6db5|faf4e6 1c2740"
        ),
    ),
    "golden": (
        (
            "7e95a5 c4b49a efc98b fbe2ab|bdb09c 9c8c70 74694b 4a4a33 262b22|"
            "ffe3a8 6e5a52|e4d3ae b48f62|d9823b c9a24d 7d8b62|f7ecd3 2a261f"
        ),
        (
            "6c7ba0 c19ba0 f0b07a ffdf9e|c2a79a a5826c 7a614c 4f4436 2a2822|"
            "ffdb9c 6a5360|e6cda6 b18358|e0703c d8b15c 6f8a86|f8e9d0 2c241f"
        ),
    ),
    "dusk": (
        (
            "2e3566 7a4f85 d9707a f9b27a|8d6a90 684f80 47406b 2c2d50 171a33|"
            "ffc48a 3a3564|c99c93 8a5f62|f57f5b f9c06a 6a6fc0|f4dfd0 191933"
        ),
        (
            "1f3f66 4d6d96 c98d8f f5c190|7d8099 5c6786 3f4c6c 263450 121d33|"
            "ffd09a 344468|c5a99a 7f6a66|ee7752 f3b562 5b8fbf|f2e4d4 131f33"
        ),
    ),
    "night": (
        (
            "070f24 10234a 1f3f6e 3a6290|2f5078 234066 18304f 0f2138 081322|"
            "cfe0ff 1c2a4e|3f4a66 2a3048|f2c063 e6e9f2 4f86c6|dfe6f2 060c1a"
        ),
        (
            "0a1220 12303d 1d5058 3c7d78|2c5f62 214b50 17383f 0e272e 07161c|"
            "d2fff0 15323c|35504f 22363a|f4cf78 dff2ea 3fae9d|e0efe9 061216"
        ),
        (
            "120b26 2a1a4c 4a2f74 7a5598|533e7c 402f66 2c224d 1c1736 100d22|"
            "e8d8ff 2a2050|4a4062 2e2846|f2a65a f0d8f2 8a6fd0|ebe2f2 0d0a1c"
        ),
    ),
    "neon": (
        (
            "0a0820 1d0f45 4a1670 b02a86|4a2a78 351f62 24174c 171036 0c0920|"
            "ff9ae0 2a1a66|35264f 1f1a3a|ff3d9a 35e0e6 ffd23f|f2e6ff 0a0818"
        ),
    ),
    "overcast": (
        (
            "8f9ea6 acb8bb c9d0cd dfe1da|aeb8b8 8d9b9b 6b7d7d 4a5d5f 2c3c40|"
            "f2f4ee 65727c|cdd3cb a3a598|b8865a d0b48a 6d8b96|eef0ea 222c30"
        ),
        (
            "97a09a b3b9ae cdd0c2 e2e1d3|b3b8ab 949e8f 737f70 515e52 303b34|"
            "f5f3e6 6a7268|cfd0c0 a29d88|b7764f cbb27e 71887a|f1f0e6 262d28"
        ),
    ),
    "storm": (
        (
            "1f2a33 3d4c57 66757b 98a19f|66757b 4c5c64 37464f 24313a 131c23|"
            "dfe9ea 2a3844|747f80 4c5557|d9a441 c5d2d2 4f7a8c|dfe4e2 10171c"
        ),
    ),
    "snow": (
        (
            "7f9bb8 aec4d6 d6e2ea f3f3ef|c5d3de a3b8c9 7d97ad 54708a 2f475c|"
            "fff6e8 6a86ab|dfe6ea bcc9d2|d9583f e8b04a 4f86b0|f8fafa 1f3040"
        ),
    ),
}
_POSTER: Final[dict[str, tuple[str, ...]]] = {
    "dawn": (
        (
            "5f8f9c a9c0b0 f2d6a0 f6b77c|c9b79a 8fa39b 4f7f84 2a5563 17303f|"
            "fdf0d0 2a4a5c|f0dfc0 d98f5c|ef6a4a f2b544 2f7f86|f8efdb 16303e"
        ),
        (
            "44698f b6a7b0 f3c9a6 f7a072|c7a6a0 94879b 5b6690 34487a 1b2950|"
            "fff0d6 34427a|f2dcc4 d98468|ee5d50 f6b851 4a6db0|faeedd 1a2548"
        ),
    ),
    "day": (
        (
            "3d8fc9 79b8dc bfe0e2 f6ecd0|b8cfae 86b68a 4c9470 2a6e5c 174740|"
            "fff7dc 1f4e6c|f4e8cf dba75c|e6492d f4b731 1f5fa8|fbf4e2 12303c"
        ),
        (
            "2f6db5 5f9bd6 a8cdea f4ead2|d9c48a b3b467 6f9a5b 3a754f 1d4a3c|"
            "fff6d8 243f78|f6e9d0 e0a458|e8432e f7bf35 2a9d8f|fcf5e4 15284e"
        ),
    ),
    "golden": (
        (
            "8fa9a0 dcc48e f4bf68 ee9145|dba865 b98450 86683f 5a5238 2e3628|"
            "ffe9b8 5a4632|f3dcae c98546|d9502b f0ad34 6f8f5c|faeed4 2c2a20"
        ),
    ),
    "dusk": (
        (
            "2b2f66 7d3f78 d9526a f6924f|9a5080 6c3f7a 483570 2c2858 171838|"
            "ffd08a 241f55|e9b79a a5546a|fb5e47 fbb23c 5f63d0|f9e6d3 17163a"
        ),
    ),
    "night": (
        (
            "0d1a3c 152b5c 1f4580 2f68a0|2c5c90 20477a 163460 0f2447 09162e|"
            "f6e7b4 0b1a3c|2b3f70 18264c|f6c445 f05d4d 3f97c9|f3ead2 0a142c"
        ),
        (
            "081f2c 0f3a48 165a62 2b8880|246e70 1a5560 123f4c 0c2b38 071b25|"
            "f8eac0 08222e|23535c 123844|f8c84e ef6a4c 3bbfa4|f2ecd6 07161e"
        ),
    ),
    "neon": (
        (
            "140a35 3a1068 8a1a8a f0308a|6a1f90 4a1a78 32145c 1f0e42 10082a|"
            "ffb0e8 1a0c48|4a1f78 2a1250|ff2e93 2fe6e0 ffd730|f8eaff 0e0626"
        ),
    ),
    "overcast": (
        (
            "8ea6a8 b0c0b8 d2d4c0 e8ddc0|b9bfae 93a398 698487 46646c 284450|"
            "fbf4e0 3f565e|e2ddc6 b79f78|d9653f dcab4c 4f8a94|f5f0e0 22363f"
        ),
    ),
    "storm": (
        (
            "1d2c3c 36506a 6a8494 b0b8a8|6f8690 4c6677 354d60 22374a 122232|"
            "f2ead0 14232f|8a9694 55656a|f0b429 d9553c 3f86a8|ece8da 101d29"
        ),
    ),
    "snow": (
        (
            "6f9cc2 a4c6dc d3e4ea f8f2e6|c9dbe6 9fbdd2 6d94b4 406a92 214466|"
            "fffaf0 4a6f9c|e9eef0 b9cbd6|e24a36 f3b33d 2f78b4|fcfbf6 183450"
        ),
    ),
}
_PAPERCUT: Final[dict[str, tuple[str, ...]]] = {
    "dawn": (
        (
            "6d8fa6 a5bcc0 e8d3bd fae6cd|c5cfce 9db4b9 6f929f 466c7e 26475a|"
            "fff3de 54708a|efdcc8 cfa58a|ee8568 f5c987 6fa3a8|fbf3e6 22394a"
        ),
        (
            "8b82ae c3a4bb f3c3b0 fde3cc|d7bcc4 b199b3 84799f 5a5a86 363b62|"
            "fff0e2 665f90|f3dccf d3a096|ef7f74 f8c890 8b8fc6|fcf1ea 2c2f54"
        ),
    ),
    "day": (
        (
            "5aa5d2 8cc6e0 bfe3ea eef6ee|c3dccb 98c6a4 66a882 3f8468 235a4b|"
            "fffdf2 467aa0|f6ecda dcb98a|ef6a45 f7c755 4a90c8|fdf9ef 1d4046"
        ),
        (
            "56b0b0 8ccdc4 c3e4d6 f3f3e0|d6dcae aec98c 79aa74 4c8763 2a5d4c|"
            "fffcea 457f80|f7edd8 ddb78a|ea5f4a f6c453 3f93a0|fdf8ec 1f4545"
        ),
    ),
    "golden": (
        (
            "a9b6a5 dccba0 f6d391 fbe6b8|ddc49c c19f73 967a55 6c5c44 443f34|"
            "fff0cc 7a6248|f5e3c0 d19f69|e5733f f3bb55 8ea079|fcf3df 3a342a"
        ),
    ),
    "dusk": (
        (
            "4a4686 8f5f98 e07f88 fbbd8c|ab7fa8 7f6298 594d86 3d386c 262650|"
            "ffdcae 45407c|ecc4b2 b87880|fb7a5f fcc66f 7c80d8|fbeade 252450"
        ),
    ),
    "night": (
        (
            "14264c 203b6c 2f568e 4a7cb0|416e9e 305787 22426c 173052 0f203a|"
            "fff0c4 152746|3d5282 283a62|f8cd68 f27d66 5fa8d8|f6f0de 0f1e38"
        ),
        (
            "12303a 1c4a52 2b6c6e 4a9890|3f8580 2f6a6b 215156 163b42 0d2930|"
            "fff2cc 123038|37605f 24464a|f8d072 f28a62 5cc8b0|f4f2e0 0d252c"
        ),
    ),
    "neon": (
        (
            "1f1450 45207c 8f3aa0 f25aa8|7a3aa8 592c8c 3f2070 2a1656 190d3c|"
            "ffc6f0 2a1660|5a3088 38205f|ff4fa8 48e6e6 ffdc4f|f8eeff 170b38"
        ),
    ),
    "overcast": (
        (
            "9db1b4 bccac8 d9ddd2 ebe9dc|c3cbc4 a2b1ae 7d9294 5b7378 3b5159|"
            "fbf8ee 5d7178|e6e4d6 bdae94|d77a58 dfb977 6f9aa4|f7f5ec 2b3d45"
        ),
    ),
    "storm": (
        (
            "2d4052 4b657a 7f97a2 bcc6c0|86989e 637b87 4a6373 34495a 213242|"
            "f6f0dc 263a4a|a0aaa6 6c7a7c|f2bc4a e0694e 5797b4|f2efe4 1c2b38"
        ),
    ),
    "snow": (
        (
            "86aeca b4d0e0 dbe8ee f7f6f0|d6e3ea b3cbda 86a9c2 5a83a2 365d7e|"
            "fffdf8 6b90b4|eef1f2 c8d6de|e8604c f6bf58 4f93c4|fdfdfb 2a4a66"
        ),
    ),
}
TABLES: Final = {PaintStyle.PAINTER: _PAINTER, PaintStyle.POSTER: _POSTER, PaintStyle.PAPERCUT: _PAPERCUT}

# indoor walls and floors per moment: wall floor shade accents
INDOOR: Final[tuple[str, ...]] = (
    "c9cdb9 a98b6c 5b5f52 c98a5a d9c25a 8a9a7c",
    "ddc7b2 b08a70 6e5650 c8694a e3b25f 7f938c",
    "b9c4c4 8f8677 4d5a63 d08a58 e3d08a 5f7f8c",
    "d8cfc0 a38a6f 645a52 b5654a d8b04c 6d8577",
    "c4b3a6 8a6d5c 5a4a4c c9744e d9bb62 78867a",
    "aebdb0 94806a 4c5a52 d48f5c dfc860 587a72",
)
BOLD_INDOOR: Final[tuple[str, ...]] = (
    "2f6fbf e9dcc2 1b3f78 ef5b3c f5c33b f4efe2",
    "f2e3c6 e2653c 7c4a3a 1f4f7a f3b53c 2f8f83",
    "9dbfb0 f0d9b0 3f6a66 e5553a f2b43a 24466c",
    "f4c64a f3e6cc a86a2c d9432f 2a4f8c 2f8a7a",
    "e88f7a f3e2cb 8c4450 24466c f3bd4a 3f8f86",
    "d9d2bd c06a44 5b4a48 2a5a6c eeb23f 9aa98a",
)
