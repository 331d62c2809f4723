"""The words the painter understands, in English and Chinese. A concept's words are separated by commas."""

from __future__ import annotations

from typing import Final

from studio.painting.wish import Colour

SUBJECTS: Final[dict[str, str]] = {
    "lake": (
        "lake, pond, tarn, loch, reservoir, fjord, lagoon, water, still water, "
        "湖, 湖面, 湖泊, 池塘, 水面, 倒影, reflection"
    ),
    "river": "river, stream, creek, waterfall, brook, 河, 江, 溪, 瀑布, 河流, 小溪",
    "mountains": (
        "mountain, mountains, peak, alps, summit, cliff, mountain range, volcano, canyon, "
        "山, 高山, 雪山, 山峰, 山脉, 群山, 远山, 山水, 峡谷, 火山"
    ),
    "hills": "hill, hills, hillside, valley, rolling hills, 丘陵, 山丘, 小山, 山谷, 山坡",
    "pines": "pine, spruce, fir, conifer, evergreen, cedar, 松, 松树, 松林, 杉树, 针叶林, 杉",
    "forest": "forest, woods, woodland, jungle, grove, rainforest, bamboo, 森林, 树林, 林间, 丛林, 竹林, 竹子, 林",
    "tree": "tree, oak, birch, willow, maple, cherry tree, ginkgo, 树, 大树, 枫树, 樱花树, 银杏, 柳树, 枫叶",
    "sea": (
        "sea, ocean, beach, coast, shore, bay, seaside, seascape, ocean wave, harbour, harbor, island, "
        "海, 大海, 海洋, 海滩, 沙滩, 海岸, 海浪, 海边, 波浪, 港口, 岛, 岛屿"
    ),
    "dunes": "dune, dunes, desert, sahara, sand, sandy, 沙漠, 沙丘, 沙, 戈壁",
    "meadow": (
        "garden, 花园, meadow, field, grassland, prairie, pasture, savanna, "
        "草地, 草原, 田野, 麦田, 花田, 稻田, 梯田, 田"
    ),
    "city": (
        "city, skyline, skyscraper, metropolis, downtown, cityscape, rooftop, tower block, "
        "城市, 都市, 天际线, 高楼, 摩天楼, 摩天大楼, 城, 大厦, 屋顶"
    ),
    "street": (
        "street, alley, road, shop, cafe, storefront, lane, market, 街, 街道, 巷, 小巷, 马路, 胡同, 商店, 咖啡馆, 集市"
    ),
    "house": (
        "house, cottage, cabin, hut, village, home, barn, farmhouse, chalet, temple, pagoda, castle, "
        "房子, 小屋, 木屋, 村庄, 村落, 屋, 房屋, 农舍, 寺庙, 塔, 亭子, 城堡"
    ),
    "courtyard": (
        "courtyard, patio, terrace, arch, arches, arcade, colonnade, column, villa, architecture, building, "
        "庭院, 院子, 中庭, 拱门, 拱廊, 拱, 柱廊, 建筑"
    ),
    "stairs": "stair, stairs, staircase, steps, 楼梯, 台阶, 阶梯",
    "pool": "pool, swimming pool, still pool, basin, 泳池, 水池, 池, 静水",
    "room": (
        "room, interior, living room, bedroom, kitchen, apartment, loft, gallery, library, "
        "房间, 室内, 客厅, 卧室, 厨房, 公寓, 书房"
    ),
    "window": "window, windows, tall window, window light, 窗, 窗户, 高窗, 窗台, 窗前, 窗光",
    "chair": "chair, armchair, sofa, couch, stool, bench, 椅子, 椅, 沙发, 扶手椅, 凳子, 长椅",
    "lamp": "lamp, floor lamp, lantern, desk lamp, light bulb, 灯, 台灯, 落地灯, 灯笼, 路灯, 灯泡",
    "vase": (
        "vase, pot, pottery, stoneware, jug, pitcher, urn, amphora, still life, "
        "花瓶, 陶罐, 陶瓶, 粗陶, 瓷瓶, 罐, 静物, 瓶花"
    ),
    "pear": "pear, 梨, 梨子, 鸭梨",
    "apple": "apple, peach, plum, pomegranate, 苹果, 桃子, 桃, 石榴, 李子",
    "orange": "oranges, tangerine, mandarin, clementine, persimmon, fruit, 橙子, 橘子, 桔子, 柿子, 水果, 果",
    "lemon": "lemon, lime, 柠檬, 青柠",
    "cherry": "cherry, cherries, grapes, berries, 樱桃, 葡萄, 莓",
    "flowers": (
        "flower, flowers, tulip, rose, poppy, bouquet, blossom, sunflower, daisy, peony, lily, lotus, orchid, "
        "花, 花朵, 郁金香, 玫瑰, 花束, 向日葵, 牡丹, 百合, 荷花, 莲花, 兰花, 菊花, 鲜花"
    ),
    "branch": (
        "branch, olive branch, olive, eucalyptus, leaf, leaves, foliage, twig, fern, "
        "橄榄枝, 橄榄, 树枝, 枝, 叶, 叶子, 枝条, 梅花"
    ),
    "portrait": (
        "portrait, face, woman, man, girl, boy, lady, head, self-portrait, self portrait, queen, king, model, "
        "dancer, child, monk, father, grandfather, grandmother, gentleman, princess, "
        "人像, 肖像, 女人, 男人, 女孩, 男孩, 少女, 少年, 女子, 男子, 女士, 脸, "
        "头像, 女王, 国王, 侧脸, 孩子, 老人, 奶奶, 爷爷"
    ),
    "people": (
        "astronaut, 宇航员, people, person, figure, crowd, human, traveller, traveler, hiker, walker, couple, "
        "人, 人物, 行人, 旅人, 人群, 背影, 路人"
    ),
    "cat": "cat, kitten, kitty, feline, 猫, 小猫, 猫咪, 黑猫, 橘猫",
    "dog": "dog, puppy, fox, wolf, hound, 狗, 小狗, 狐狸, 狼, 柴犬, 犬",
    "bird": (
        "bird, birds, sparrow, swallow, crane, seagull, gull, owl, robin, heron, crow, parrot, "
        "鸟, 小鸟, 飞鸟, 燕子, 仙鹤, 鹤, 海鸥, 猫头鹰, 麻雀, 喜鹊, 乌鸦"
    ),
    "fish": "fish, koi, goldfish, carp, salmon, 鱼, 锦鲤, 金鱼, 鲤鱼",
    "whale": "whale, dolphin, shark, orca, 鲸, 鲸鱼, 海豚, 鲨鱼",
    "rabbit": "rabbit, bunny, hare, 兔, 兔子, 小兔",
    "butterfly": "butterfly, moth, 蝴蝶, 飞蛾",
    "boat": "boat, ship, sailboat, sail, canoe, rowing boat, yacht, junk, 船, 小船, 帆船, 渔船, 舟, 扁舟, 轮船",
    "bridge": "bridge, viaduct, aqueduct, pier, jetty, 桥, 石桥, 拱桥, 栈桥, 码头",
    "lighthouse": "lighthouse, beacon, 灯塔",
    "windmill": "windmill, wind turbine, 风车",
    "car": "car, truck, van, automobile, taxi, bus, vehicle, 车, 汽车, 轿车, 卡车, 出租车, 公交车",
    "balloon": "hot air balloon, balloon, air balloon, 热气球, 气球",
    "rocket": "rocket, spaceship, spacecraft, shuttle, 火箭, 飞船, 宇宙飞船",
    "robot": "robot, android, machine, mech, 机器人, 机械",
    "planet": (
        "astronaut, 宇航员, planet, saturn, mars, galaxy, space, universe, cosmos, nebula, "
        "行星, 星球, 土星, 太空, 宇宙, 银河, 星系"
    ),
    "bottle": (
        "bottle, perfume, cosmetic, skincare, product, serum, jar, packaging, fragrance, flask, wine, "
        "香水, 瓶子, 产品, 护肤品, 化妆品, 精华, 酒瓶, 香水瓶"
    ),
    "bust": "bust, statue, sculpture, figurine, 雕像, 雕塑, 半身像, 石膏像",
    "plinth": "plinth, pedestal, podium, stage, platform, display stand, 展台, 底座, 基座, 台座",
    "torus": "torus, ring, donut, doughnut, hoop, 圆环, 环, 甜甜圈",
    "sphere": "sphere, spheres, ball, orb, globe, bubble, 球, 球体, 圆球, 小球",
    "cone": "cone, cones, pyramid, 圆锥, 锥, 金字塔",
    "cube": "cube, cubes, box, block, geometric shape, primitives, shapes, 立方体, 方块, 盒子, 几何体",
    "silk": (
        "silk, satin, fold, folds, abstract, wave, waves, fluid, liquid, flow, "
        "flowing, swirl, ribbon, velvet, drapery, marbling, "
        "丝绸, 绸缎, 丝, 抽象, 流体, 褶皱, 流动, 天鹅绒, 绸"
    ),
    "tiles": (
        "tile, tiles, pattern, mosaic, quilt, wallpaper, geometric pattern, seamless, tessellation, textile, "
        "瓷砖, 图案, 花砖, 几何图案, 拼贴, 马赛克, 纹样, 壁纸, 方砖"
    ),
    "cup": "cup, mug, coffee, tea, teacup, espresso, latte, teapot, 杯, 杯子, 咖啡, 茶, 茶杯, 茶壶, 马克杯",
    "book": "book, books, notebook, novel, 书, 书本, 书籍, 一叠书",
    "candle": "candle, candles, candlelight, 蜡烛, 烛光, 烛",
    "mushroom": "mushroom, fungus, toadstool, 蘑菇, 菌菇, 菇",
    "cactus": "cactus, cacti, saguaro, 仙人掌",
    "plant": "plant, potted plant, succulent, monstera, houseplant, 植物, 盆栽, 多肉, 绿植",
    "umbrella": "umbrella, parasol, 伞, 雨伞, 油纸伞",
    "sun": "sun, sunshine, sun disc, sun disk, low sun, 太阳, 阳光, 烈日, 日",
    "moon": "moon, full moon, crescent, crescent moon, 月亮, 月, 满月, 新月, 明月, 弯月",
    "stars": "star, stars, starry, starry sky, milky way, constellation, 星, 星空, 星星, 繁星",
    "clouds": "cloud, clouds, cloudy, 云, 云朵, 云海, 白云, 多云",
    "linen": (
        "linen, cloth, folded linen, tablecloth, fabric, textile cloth, "
        "napkin, 亚麻, 亚麻布, 桌布, 布, 折叠的亚麻布, 布料"
    ),
    "wall": "wall, walls, background, backdrop, 墙, 墙面, 墙壁, 背景",
    "sky": "sky, skies, 天空, 天",
    "shadow": "shadow, shadows, 阴影, 影子",
    "hair": "hair, 头发, 发",
    "text": "text, letters, lettering, typography, watermark, logo, caption, 文字, 水印, 字, 标志, 字体",
}

TIMES: Final[dict[str, str]] = {
    "dawn": (
        "dawn, sunrise, morning, daybreak, early morning, first light, 黎明, 日出, 清晨, 早晨, 晨光, 破晓, 拂晓, 晨"
    ),
    "day": "day, noon, midday, daylight, daytime, sunny, bright, 正午, 中午, 白天, 晴天, 晴朗, 日光, 烈日, 明亮",
    "golden": (
        "golden hour, late afternoon, afternoon, low sun, warm light, late afternoon sun, "
        "午后, 下午, 斜阳, 金色时刻, 暖光, 午后斜阳, 傍晚阳光"
    ),
    "dusk": "dusk, sunset, twilight, evening, blue hour, 日落, 黄昏, 夕阳, 傍晚, 晚霞, 暮色, 蓝调时刻",
    "night": (
        "night, midnight, moonlit, moonlight, nocturnal, nighttime, night sky, 夜, 夜晚, 深夜, 午夜, 月光, 夜色, 夜空"
    ),
    "neon": "neon, cyberpunk, synthwave, vaporwave, 霓虹, 赛博朋克, 霓虹灯",
}

WEATHERS: Final[dict[str, str]] = {
    "mist": "mist, misty, fog, foggy, haze, hazy, smoke, steam, 雾, 薄雾, 晨雾, 雾气, 烟雨, 烟, 朦胧, 云雾",
    "rain": "rain, rainy, drizzle, raining, wet, 雨, 下雨, 细雨, 大雨, 雨天, 雨中",
    "snow": (
        "snow, snowy, snowfall, blizzard, frost, ice, icy, frozen, 雪, 下雪, 雪景, 大雪, 冰, 霜, 冰雪, 冰川, iceberg"
    ),
    "storm": "storm, stormy, thunder, thunderstorm, lightning, tempest, 暴风雨, 风暴, 雷电, 闪电, 雷雨, 乌云",
}

SEASONS: Final[dict[str, str]] = {
    "spring": "spring, springtime, cherry blossom, sakura, 春, 春天, 春日, 樱花, 桃花",
    "summer": "summer, summertime, tropical, 夏, 夏天, 夏日, 热带",
    "autumn": "autumn, fall, autumnal, fall foliage, autumn leaves, 秋, 秋天, 秋日, 秋叶, 红叶, 落叶, 金秋",
    "winter": "winter, wintry, 冬, 冬天, 冬日, 寒冬",
}

LIGHTS: Final[dict[str, str]] = {
    "soft": (
        "soft, soft light, north light, soft north window light, "
        "north window, diffuse, diffused, overcast, gentle, "
        "柔光, 柔和, 北窗光, 漫射光, 柔软的光, 阴天"
    ),
    "hard": (
        "hard, hard light, harsh, hard noon sun, strong sun, hard sun, flash, hard flash, 硬光, 强光, 直射光, 闪光灯"
    ),
    "long": "long, long shadow, long shadows, long soft shadows, raking light, 长影, 长长的影子, 柔长的影子",
    "back": "backlit, backlight, rim light, silhouette, contre-jour, 逆光, 剪影, 轮廓光",
    "candlelit": "candlelit, candlelight, firelight, lamplight, cosy, cozy, 烛光, 烛火, 火光, 温馨",
}

MOODS: Final[dict[str, str]] = {
    "muted": (
        "muted, pastel, desaturated, subdued, pale, faded, serene, minimal, minimalist, "
        "低饱和, 柔和色调, 淡, 素雅, 极简, 淡雅, 粉彩"
    ),
    "vivid": (
        "vivid, bold, vibrant, saturated, bright colours, bright colors, colourful, colorful, pop art, "
        "鲜艳, 大胆, 明快, 缤纷, 饱和, 彩色, 波普"
    ),
    "dark": "dark, moody, dramatic, noir, gloomy, low key, 暗, 阴暗, 戏剧性, 暗调, 神秘, mysterious",
    "mono": (
        "monochrome, black and white, black-and-white, greyscale, grayscale, b&w, ink wash, sumi-e, "
        "黑白, 单色, 水墨, 水墨画, 灰度"
    ),
    "warm": "warm, warm tones, 暖, 温暖, 暖色",
    "cool": "cool, cold, cool tones, 冷, 寒冷, 冷色, 清冷",
}

VIEWS: Final[dict[str, str]] = {
    "wide": (
        "wide, panorama, panoramic, wide landscape, wide shot, vast, establishing shot, 全景, 广角, 宽广, 辽阔, 远景"
    ),
    "close": "close-up, close up, closeup, macro, detail, tight crop, 特写, 近景, 微距",
    "above": "from above, top-down, top down, overhead, flat lay, aerial, bird's eye, 俯视, 俯拍, 航拍, 鸟瞰, 平铺",
}

HAIR: Final[dict[str, str]] = {
    "short": "man, boy, king, monk, father, grandfather, gentleman, 男人, 男孩, 少年, 男子, 国王",
    "old": "old, elderly, aged, grandmother, grandfather, 老, 老人, 奶奶, 爷爷",
    "bob": "bob, bob hair, bob cut, short hair, 短发, 波波头, 齐耳短发",
    "bun": "bun, topknot, updo, 发髻, 丸子头, 盘发",
    "long_hair": "long hair, flowing hair, 长发, 披肩发",
    "hat": "hat, cap, beret, 帽子, 贝雷帽, 草帽",
    "beard": "beard, bearded, moustache, mustache, 胡子, 胡须",
    "glasses": "glasses, spectacles, sunglasses, 眼镜, 墨镜",
}

MATERIALS: Final[dict[str, str]] = {
    "wood": "wood, wooden, oak wood, walnut, 木, 木质, 木头, 木桌, 木制",
    "marble": "marble, 大理石",
    "plaster": "plaster, lime-plaster, lime plaster, stucco, limewash, 石灰, 灰泥, 石灰抹面墙, 抹面, 灰墙",
    "glass": "glass, crystal, transparent glass, 玻璃, 水晶",
    "metal": "metal, metallic, chrome, steel, bronze, brass, copper, 金属, 铬, 青铜, 黄铜, 铜, 不锈钢",
    "paper": "paper, paper-cut, papercut, paper cut, origami, collage, 纸, 剪纸, 折纸",
    "concrete": "concrete, stone, rock, brutalist, 混凝土, 石头, 岩石, 石",
    "glossy": "glossy, shiny, polished, lacquer, 光滑, 亮面, 反光, 釉面, 反光釉面, 光泽",
}

CLEAR: Final = (
    "transparent background, transparent backdrop, no background, alpha background, isolated on transparent, "
    "透明背景, 背景透明, 无背景, 去背景"
)

COLOURS: Final[dict[Colour, str]] = {
    (206, 58, 48): "red, scarlet, 红, 红色, 大红, 朱红",
    (158, 34, 46): "crimson, burgundy, maroon, wine red, 深红, 酒红, 绯红",
    (226, 80, 48): "vermilion, 朱砂",
    (233, 107, 86): "coral, salmon pink, 珊瑚, 珊瑚色, 珊瑚红",
    (240, 138, 44): "orange, tangerine colour, 橙, 橙色, 橘色, 橘",
    (204, 142, 48): "ochre, ocher, mustard, saffron, 赭, 赭石, 赭色, 芥末黄, 赭黄",
    (222, 172, 62): "gold, golden, amber, honey, 金, 金色, 琥珀, 金黄, 琥珀色",
    (244, 205, 64): "yellow, lemon yellow, 黄, 黄色, 柠檬黄",
    (122, 172, 70): "lime green, chartreuse, grass green, 草绿, 嫩绿, 黄绿",
    (62, 140, 82): "green, 绿, 绿色, 碧绿",
    (26, 128, 94): "emerald, jade, malachite, 翡翠, 翠绿, 祖母绿, 玉",
    (34, 82, 62): "dark green, forest green, bottle green, 墨绿, 深绿",
    (150, 168, 138): "sage, sage green, celadon, eucalyptus green, 鼠尾草绿, 鼠尾草, 灰绿, 豆青, 青瓷",
    (122, 124, 66): "olive green, khaki, moss, 橄榄绿, 卡其, 苔绿",
    (146, 208, 186): "mint, seafoam, 薄荷, 薄荷绿",
    (28, 132, 138): "teal, petrol, 青色, 青, 蓝绿, 孔雀蓝",
    (54, 186, 196): "turquoise, cyan, aqua, 青绿, 绿松石, 天青, 湖蓝",
    (58, 110, 196): "blue, 蓝, 蓝色",
    (128, 178, 224): "light blue, sky blue, pale blue, baby blue, 天蓝, 浅蓝, 淡蓝",
    (30, 62, 168): "cobalt, ultramarine, royal blue, electric blue, klein blue, 钴蓝, 群青, 宝蓝, 克莱因蓝",
    (28, 42, 84): "navy, dark blue, midnight blue, indigo, 深蓝, 藏青, 靛蓝, 靛, 海军蓝",
    (124, 82, 178): "purple, violet, 紫, 紫色, 紫罗兰",
    (184, 164, 214): "lavender, lilac, mauve, 淡紫, 薰衣草, 丁香紫, 浅紫",
    (196, 60, 138): "magenta, fuchsia, hot pink, 洋红, 玫红, 品红",
    (240, 162, 178): "pink, rose pink, 粉, 粉色, 粉红, 粉红色",
    (232, 196, 184): "blush, peach colour, peachy, nude, 裸粉, 桃色, 藕粉",
    (196, 104, 70): "terracotta, rust, sienna, burnt orange, brick, 陶土, 赤陶, 铁锈, 砖红, 赤土, 陶土色",
    (188, 142, 112): "clay, tan, camel, caramel, 驼色, 焦糖, 黏土, 泥土",
    (112, 74, 50): "brown, chocolate, umber, coffee brown, 棕, 棕色, 褐, 褐色, 咖啡色",
    (222, 204, 174): "beige, sandstone, oatmeal, 米色, 杏色, 沙色, 燕麦",
    (242, 232, 212): "cream, ivory, off-white, eggshell, 奶油, 象牙, 奶白, 米白, 奶油色",
    (246, 245, 242): "white, 白, 白色",
    (140, 142, 144): "grey, gray, silver, 灰, 灰色, 银, 银色",
    (66, 70, 76): "charcoal, slate, graphite, anthracite, 炭灰, 深灰, 石墨",
    (30, 30, 34): "black, ebony, jet black, 黑, 黑色",
}
