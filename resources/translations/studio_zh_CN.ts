<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AddButton</name>
    <message>
        <source>Add an image</source>
        <translation>添加图片</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>More contrast</source>
        <translation>提高对比度</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>AxisCard</name>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n 个值</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticked</source>
        <translation>
            <numerusform>已选 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>In cell, across</source>
        <translation>格内横向</translation>
    </message>
    <message>
        <source>In cell, down</source>
        <translation>格内纵向</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Negative prompts</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Pick from list</source>
        <translation>从列表选取</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Add a random seed</source>
        <translation>添加随机种子</translation>
    </message>
    <message>
        <source>Other...</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>{count} of {total} in this list</source>
        <translation>此列表 {total} 个中的 {count} 个</translation>
    </message>
    <message>
        <source>Where {axis} goes</source>
        <translation>{axis}的位置</translation>
    </message>
    <message>
        <source>Remove {axis}</source>
        <translation>移除{axis}</translation>
    </message>
    <message>
        <source>Choice {number}</source>
        <translation>选项 {number}</translation>
    </message>
    <message>
        <source>Negative choice {number}</source>
        <translation>反向选项 {number}</translation>
    </message>
    <message>
        <source>Add a value to {axis}</source>
        <translation>为{axis}添加值</translation>
    </message>
    <message>
        <source>Remove {value}</source>
        <translation>移除{value}</translation>
    </message>
</context>
<context>
    <name>BilledCard</name>
    <message>
        <source>This image may have been billed</source>
        <translation>此图片可能已扣费</translation>
    </message>
    <message>
        <source>See whether {provider} billed it</source>
        <translation>查看{provider}是否扣费</translation>
    </message>
    <message>
        <source>Its usage page shows requests after a few minutes.</source>
        <translation>其用量页会在几分钟后显示请求。</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Ask {provider} for it once more</source>
        <translation>再向{provider}查询一次</translation>
    </message>
    <message>
        <source>This is a new paid request, about {price}.</source>
        <translation>这是一次新的付费请求，约 {price}。</translation>
    </message>
    <message>
        <source>This is a new paid request.</source>
        <translation>这是一次新的付费请求。</translation>
    </message>
    <message>
        <source>Generate again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Free of charge. It is not sent again.</source>
        <translation>不收费，也不会重新发送。</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>取回</translation>
    </message>
    <message>
        <source>Set what it cost</source>
        <translation>填写费用</translation>
    </message>
    <message>
        <source>Corrects today&apos;s spending.</source>
        <translation>更正今日支出。</translation>
    </message>
    <message>
        <source>Not billed</source>
        <translation>未扣费</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>What it cost</source>
        <translation>费用</translation>
    </message>
</context>
<context>
    <name>BlindVote</name>
    <message numerus="yes">
        <source>%n pair(s) voted. The names are shown again.</source>
        <translation>
            <numerusform>已评 %n 对图片，名称已重新显示。</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the ranking</source>
        <translation>保存排名</translation>
    </message>
    <message>
        <source>Vote taken back</source>
        <translation>已撤回投票</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Pair {place} of {total}</source>
        <translation>第 {place} 对，共 {total} 对</translation>
    </message>
    <message>
        <source>Ranking saved as {name}.</source>
        <translation>排名已保存为{name}。</translation>
    </message>
</context>
<context>
    <name>BudgetPage</name>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>A day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Limit for a day</source>
        <translation>每日限额</translation>
    </message>
    <message>
        <source>0 is no limit. Past it the studio asks before it sends.</source>
        <translation>0 表示不限。超出后发送前会询问。</translation>
    </message>
    <message>
        <source>A run</source>
        <translation>每个批次</translation>
    </message>
    <message>
        <source>Limit for a run</source>
        <translation>每批次限额</translation>
    </message>
    <message>
        <source>0 is no limit.</source>
        <translation>0 表示不限。</translation>
    </message>
    <message>
        <source>A sweep</source>
        <translation>每个组合实验</translation>
    </message>
    <message>
        <source>Paid requests of a sweep without a question</source>
        <translation>组合实验无需询问的付费请求数</translation>
    </message>
    <message>
        <source>A sweep with more paid requests asks before it starts.</source>
        <translation>付费请求更多时，开始前会先询问。</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>汇率</translation>
    </message>
    <message>
        <source>{rates}, of {date}</source>
        <translation>{rates}，{date}</translation>
    </message>
</context>
<context>
    <name>BuiltIn</name>
    <message>
        <source>Originals</source>
        <comment>export preset</comment>
        <translation>原图</translation>
    </message>
    <message>
        <source>Client review</source>
        <comment>export preset</comment>
        <translation>客户审阅</translation>
    </message>
    <message>
        <source>Archive</source>
        <comment>export preset</comment>
        <translation>存档</translation>
    </message>
    <message>
        <source>Editorial film</source>
        <comment>style</comment>
        <translation>杂志胶片</translation>
    </message>
    <message>
        <source>Product on white</source>
        <comment>style</comment>
        <translation>白底产品</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <comment>style</comment>
        <translation>水彩</translation>
    </message>
    <message>
        <source>Flat vector</source>
        <comment>style</comment>
        <translation>扁平矢量</translation>
    </message>
    <message>
        <source>Ink line</source>
        <comment>style</comment>
        <translation>墨线</translation>
    </message>
</context>
<context>
    <name>Catalog</name>
    <message>
        <source>&quot;AI generated&quot; at the bottom right.</source>
        <translation>右下角的“AI 生成”标识。</translation>
    </message>
    <message>
        <source>0 stays closest to the original.</source>
        <translation>0 最接近原图。</translation>
    </message>
    <message>
        <source>100 keeps the most detail.</source>
        <translation>100 保留最多细节。</translation>
    </message>
    <message>
        <source>3D cartoon</source>
        <translation>3D 卡通</translation>
    </message>
    <message>
        <source>A code, the word random, or links to images; several with spaces between, each with ::weight if you like.</source>
        <translation>代码、random 一词或图片链接；多个以空格分隔，可各加 ::权重。</translation>
    </message>
    <message>
        <source>A gateway: your prompts and images go to AceDataCloud and from there to the maker of the model.</source>
        <translation>网关：您的提示词和图片先到 AceDataCloud，再由它转给模型的厂商。</translation>
    </message>
    <message>
        <source>A key belongs to one region and is refused by all others. Frankfurt and Tokyo need a workspace.</source>
        <translation>密钥只属于一个区域，其他区域会拒绝。法兰克福和东京需要业务空间。</translation>
    </message>
    <message>
        <source>A key belongs to one service. Models named doubao are those of Volcengine Ark, the others those of BytePlus.</source>
        <translation>密钥只属于一个服务。名称含 doubao 的模型属于火山方舟，其余属于 BytePlus。</translation>
    </message>
    <message>
        <source>A language model enriches the prompt before drawing, which takes 3 to 5 s. Off keeps to your own words.</source>
        <translation>绘制前由语言模型扩写提示词，需 3 到 5 秒。关闭则只用您的原话。</translation>
    </message>
    <message>
        <source>A language model enriches the prompt before drawing. It doubles the price.</source>
        <translation>绘制前由语言模型扩写提示词，价格加倍。</translation>
    </message>
    <message>
        <source>A link is fetched at once. Inline data needs one request for each image.</source>
        <translation>链接会立即下载。内嵌数据则每张图需要一次请求。</translation>
    </message>
    <message>
        <source>A number of the vendor&apos;s list of portrait styles.</source>
        <translation>厂商人像风格列表中的编号。</translation>
    </message>
    <message>
        <source>A pattern whose edges fit together.</source>
        <translation>边缘可以无缝拼接的图案。</translation>
    </message>
    <message>
        <source>API version</source>
        <translation>API 版本</translation>
    </message>
    <message>
        <source>AceDataCloud</source>
        <translation>AceDataCloud</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Alibaba Cloud</source>
        <translation>阿里云</translation>
    </message>
    <message>
        <source>Alibaba Tongyi</source>
        <translation>通义</translation>
    </message>
    <message>
        <source>An &quot;AI generated&quot; mark in the corner. The vendor&apos;s own default is on; the studio asks for none.</source>
        <translation>角落的“AI 生成”标识。厂商默认开启，本程序要求不加。</translation>
    </message>
    <message>
        <source>An id such as org-..., when the key belongs to several organizations.</source>
        <translation>形如 org-… 的编号；密钥属于多个组织时填写。</translation>
    </message>
    <message>
        <source>An id such as proj_..., when the key belongs to several projects.</source>
        <translation>形如 proj_… 的编号；密钥属于多个项目时填写。</translation>
    </message>
    <message>
        <source>An unfinished, softer picture.</source>
        <translation>未完成的、较柔和的图片。</translation>
    </message>
    <message>
        <source>Anime</source>
        <translation>动漫</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>其他地址</translation>
    </message>
    <message>
        <source>As fast as possible</source>
        <translation>尽快</translation>
    </message>
    <message>
        <source>Authorization</source>
        <translation>Authorization</translation>
    </message>
    <message>
        <source>Authorization: Bearer</source>
        <translation>Authorization: Bearer</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>接口地址</translation>
    </message>
    <message>
        <source>Better composition, more time.</source>
        <translation>构图更好，用时更长。</translation>
    </message>
    <message>
        <source>ByteDance</source>
        <translation>字节跳动</translation>
    </message>
    <message>
        <source>BytePlus ModelArk, Europe</source>
        <translation>BytePlus ModelArk，欧洲</translation>
    </message>
    <message>
        <source>BytePlus ModelArk, Johor</source>
        <translation>BytePlus ModelArk，柔佛</translation>
    </message>
    <message>
        <source>Callback address</source>
        <translation>回调地址</translation>
    </message>
    <message>
        <source>Cartoon character</source>
        <translation>卡通形象</translation>
    </message>
    <message>
        <source>Chaos</source>
        <translation>混沌</translation>
    </message>
    <message>
        <source>Character reference</source>
        <translation>角色参考</translation>
    </message>
    <message>
        <source>Character weight</source>
        <translation>角色权重</translation>
    </message>
    <message>
        <source>ChatGPT Image</source>
        <translation>ChatGPT Image</translation>
    </message>
    <message>
        <source>Cheap and coarse.</source>
        <translation>便宜但粗略。</translation>
    </message>
    <message>
        <source>China (Beijing)</source>
        <translation>中国（北京）</translation>
    </message>
    <message>
        <source>China (Hong Kong)</source>
        <translation>中国（香港）</translation>
    </message>
    <message>
        <source>Chinese painting</source>
        <translation>中国画</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>Code of a personal taste or moodboard.</source>
        <translation>个人偏好或情绪板的代码。</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>色彩</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>压缩</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Cute</source>
        <translation>可爱</translation>
    </message>
    <message>
        <source>DALL-E 2</source>
        <translation>DALL-E 2</translation>
    </message>
    <message>
        <source>DALL-E 3</source>
        <translation>DALL-E 3</translation>
    </message>
    <message>
        <source>DALL-E&apos;s own two looks. Style in the composer goes into the prompt.</source>
        <translation>DALL-E 自带的两种风格。编辑区的风格会并入提示词。</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>交付方式</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Demo painter</source>
        <translation>演示 · 绘画</translation>
    </message>
    <message>
        <source>Demo paper cut</source>
        <translation>演示 · 剪纸</translation>
    </message>
    <message>
        <source>Demo poster</source>
        <translation>演示 · 海报</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>直接</translation>
    </message>
    <message>
        <source>Double</source>
        <translation>两倍</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Each preview is billed as 100 output tokens, about $0.003.</source>
        <translation>每张预览按 100 个输出 token 计费，约 $0.003。</translation>
    </message>
    <message>
        <source>Edit by words</source>
        <translation>用文字编辑</translation>
    </message>
    <message>
        <source>Empty: http://127.0.0.1:8080 for a proxy, https://api.acedata.cloud for AceDataCloud. http:// is for this computer and the local network only.</source>
        <translation>留空：代理用 http://127.0.0.1:8080，AceDataCloud 用 https://api.acedata.cloud。http:// 仅限本机和局域网。</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Enlarge by</source>
        <translation>放大倍数</translation>
    </message>
    <message>
        <source>Expand at the bottom</source>
        <translation>向下扩展</translation>
    </message>
    <message>
        <source>Expand at the left</source>
        <translation>向左扩展</translation>
    </message>
    <message>
        <source>Expand at the right</source>
        <translation>向右扩展</translation>
    </message>
    <message>
        <source>Expand at the top</source>
        <translation>向上扩展</translation>
    </message>
    <message>
        <source>Expand the picture</source>
        <translation>扩展画面</translation>
    </message>
    <message>
        <source>Experimental</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Expressive</source>
        <translation>表现力</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Fidelity to references</source>
        <translation>参考图还原度</translation>
    </message>
    <message>
        <source>File format</source>
        <translation>文件格式</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>Flat illustration</source>
        <translation>扁平插画</translation>
    </message>
    <message>
        <source>For a gateway with the same API. http:// is for this computer and the local network only.</source>
        <translation>用于接口相同的网关。http:// 只限本机和局域网。</translation>
    </message>
    <message>
        <source>For a gateway with the same API; it stands in for the service.</source>
        <translation>用于 API 相同的网关，代替该服务。</translation>
    </message>
    <message>
        <source>Fourfold</source>
        <translation>四倍</translation>
    </message>
    <message>
        <source>Fourfold costs more.</source>
        <translation>四倍费用更高。</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>From a sketch</source>
        <translation>由草图生成</translation>
    </message>
    <message>
        <source>GIF and SVG are previews that an organization must be admitted to.</source>
        <translation>GIF 和 SVG 处于预览阶段，组织须先获准使用。</translation>
    </message>
    <message>
        <source>GIF and SVG come without previews</source>
        <translation>GIF 和 SVG 没有预览</translation>
    </message>
    <message>
        <source>GIF, animated</source>
        <translation>GIF 动图</translation>
    </message>
    <message>
        <source>GPT Image 1</source>
        <translation>GPT Image 1</translation>
    </message>
    <message>
        <source>GPT Image 1 Mini</source>
        <translation>GPT Image 1 Mini</translation>
    </message>
    <message>
        <source>GPT Image 1.5</source>
        <translation>GPT Image 1.5</translation>
    </message>
    <message>
        <source>GPT Image 1.5, 16 December 2025</source>
        <translation>GPT Image 1.5，2025-12-16</translation>
    </message>
    <message>
        <source>GPT Image 2</source>
        <translation>GPT Image 2</translation>
    </message>
    <message>
        <source>GPT Image 2, 21 April 2026</source>
        <translation>GPT Image 2，2026-04-21</translation>
    </message>
    <message>
        <source>GPT Image 2, maker&apos;s route</source>
        <translation>GPT Image 2，官方通道</translation>
    </message>
    <message>
        <source>GPT Image 2, reverse route</source>
        <translation>GPT Image 2，逆向通道</translation>
    </message>
    <message>
        <source>GPT Image 2.5 Flare</source>
        <translation>GPT Image 2.5 Flare</translation>
    </message>
    <message>
        <source>GPT Image 2.5 Flare, 8 September 2026</source>
        <translation>GPT Image 2.5 Flare，2026-09-08</translation>
    </message>
    <message>
        <source>GPT Image 2.5 Flare, maker&apos;s route</source>
        <translation>GPT Image 2.5 Flare，官方通道</translation>
    </message>
    <message>
        <source>GPT Image 2.5 Sunburst</source>
        <translation>GPT Image 2.5 Sunburst</translation>
    </message>
    <message>
        <source>GPT Image 2.5 Sunburst, 8 September 2026</source>
        <translation>GPT Image 2.5 Sunburst，2026-09-08</translation>
    </message>
    <message>
        <source>GPT Image 2.5 Sunburst, maker&apos;s route</source>
        <translation>GPT Image 2.5 Sunburst，官方通道</translation>
    </message>
    <message>
        <source>GPT Image 2.6 Flare</source>
        <translation>GPT Image 2.6 Flare</translation>
    </message>
    <message>
        <source>GPT Image 2.6 Sunburst</source>
        <translation>GPT Image 2.6 Sunburst</translation>
    </message>
    <message>
        <source>Gemini</source>
        <translation>Gemini</translation>
    </message>
    <message>
        <source>Gemini 2.5 Flash Image</source>
        <translation>Gemini 2.5 Flash Image</translation>
    </message>
    <message>
        <source>Gemini 2.5 Flash Image, preview</source>
        <translation>Gemini 2.5 Flash Image 预览版</translation>
    </message>
    <message>
        <source>Gemini 3 Pro Image</source>
        <translation>Gemini 3 Pro Image</translation>
    </message>
    <message>
        <source>Gemini 3 Pro Image, preview</source>
        <translation>Gemini 3 Pro Image 预览版</translation>
    </message>
    <message>
        <source>Gemini 3.1 Flash Image</source>
        <translation>Gemini 3.1 Flash Image</translation>
    </message>
    <message>
        <source>Gemini 3.1 Flash Image, preview</source>
        <translation>Gemini 3.1 Flash Image 预览版</translation>
    </message>
    <message>
        <source>Gemini 3.1 Flash Lite Image</source>
        <translation>Gemini 3.1 Flash Lite Image</translation>
    </message>
    <message>
        <source>Germany (Frankfurt)</source>
        <translation>德国（法兰克福）</translation>
    </message>
    <message>
        <source>Google</source>
        <translation>Google</translation>
    </message>
    <message>
        <source>Guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>HD</source>
        <translation>高清</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>一半</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>High definition</source>
        <translation>高清</translation>
    </message>
    <message>
        <source>Higher costs more.</source>
        <translation>越高费用越高。</translation>
    </message>
    <message>
        <source>How closely the model keeps to the prompt.</source>
        <translation>模型遵循提示词的程度。</translation>
    </message>
    <message>
        <source>How likely harm must be to be stopped. The model&apos;s own measure holds when nothing is set.</source>
        <translation>内容被拦截所需的风险程度。未设置时按模型自身标准。</translation>
    </message>
    <message>
        <source>How much the four pictures differ.</source>
        <translation>四张图片的差异程度。</translation>
    </message>
    <message>
        <source>How much the model plans the picture, whatever its quality. The model chooses when nothing is set.</source>
        <translation>模型构思画面的程度，与质量无关。不设则由模型决定。</translation>
    </message>
    <message>
        <source>How strongly its own taste shows.</source>
        <translation>自身审美的强度。</translation>
    </message>
    <message>
        <source>How thoroughly the vendor works the prompt over before drawing. Fast saves time and costs quality.</source>
        <translation>绘制前厂商加工提示词的程度。快速省时但损失质量。</translation>
    </message>
    <message>
        <source>Imagen 4</source>
        <translation>Imagen 4</translation>
    </message>
    <message>
        <source>Imagen 4 Fast</source>
        <translation>Imagen 4 Fast</translation>
    </message>
    <message>
        <source>Imagen 4 Ultra</source>
        <translation>Imagen 4 Ultra</translation>
    </message>
    <message>
        <source>In place of region and workspace, for a gateway with the same API: up to and with /api/v1.</source>
        <translation>代替区域和业务空间，用于 API 相同的网关：写到 /api/v1 为止。</translation>
    </message>
    <message>
        <source>Inline</source>
        <translation>内嵌</translation>
    </message>
    <message>
        <source>Its id gives the account a host of its own, which Alibaba recommends. Empty: the host that all share.</source>
        <translation>填写其 ID 可使用阿里云推荐的专属域名。留空：使用公共域名。</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>Japan (Tokyo)</source>
        <translation>日本（东京）</translation>
    </message>
    <message>
        <source>Key goes as</source>
        <translation>密钥传递方式</translation>
    </message>
    <message>
        <source>Kind of edit</source>
        <translation>编辑类型</translation>
    </message>
    <message>
        <source>Least strict</source>
        <translation>最宽松</translation>
    </message>
    <message>
        <source>Less of its own taste.</source>
        <translation>更少自身审美。</translation>
    </message>
    <message>
        <source>Less strict</source>
        <translation>较宽松</translation>
    </message>
    <message>
        <source>Like a real provider</source>
        <translation>与真实服务商相同</translation>
    </message>
    <message>
        <source>Likeness to the reference</source>
        <translation>与参考图的相似度</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Link to an image of the person to keep.</source>
        <translation>要保留人物的图片链接。</translation>
    </message>
    <message>
        <source>Link to one image of what to keep. Costs double.</source>
        <translation>要保留物体的一张图片链接。费用加倍。</translation>
    </message>
    <message>
        <source>Little</source>
        <translation>少</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Midjourney</source>
        <translation>Midjourney</translation>
    </message>
    <message>
        <source>Midjourney V5.2</source>
        <translation>Midjourney V5.2</translation>
    </message>
    <message>
        <source>Midjourney V6</source>
        <translation>Midjourney V6</translation>
    </message>
    <message>
        <source>Midjourney V6.1</source>
        <translation>Midjourney V6.1</translation>
    </message>
    <message>
        <source>Midjourney V7</source>
        <translation>Midjourney V7</translation>
    </message>
    <message>
        <source>Midjourney V8</source>
        <translation>Midjourney V8</translation>
    </message>
    <message>
        <source>Midjourney V8.1</source>
        <translation>Midjourney V8.1</translation>
    </message>
    <message>
        <source>Midjourney V8.2</source>
        <translation>Midjourney V8.2</translation>
    </message>
    <message>
        <source>Midjourney has no public API. These requests go to a server that works with somebody&apos;s Midjourney account, and Midjourney&apos;s terms restrict automated use of an account. Read the current terms before you use this.</source>
        <translation>Midjourney 没有公开的 API。这些请求发往借助某个 Midjourney 账户工作的服务器，而 Midjourney 的条款限制账户的自动化使用。使用之前请阅读现行条款。</translation>
    </message>
    <message>
        <source>Minimal</source>
        <translation>极少</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>内容审核</translation>
    </message>
    <message>
        <source>More detail and drama.</source>
        <translation>更多细节和戏剧性。</translation>
    </message>
    <message>
        <source>More thinking costs more: thoughts are billed as text.</source>
        <translation>思考越多费用越高：思考按文本计费。</translation>
    </message>
    <message>
        <source>Much</source>
        <translation>多</translation>
    </message>
    <message>
        <source>Nano Banana</source>
        <translation>Nano Banana</translation>
    </message>
    <message>
        <source>Nano Banana 2</source>
        <translation>Nano Banana 2</translation>
    </message>
    <message>
        <source>Nano Banana 2 Lite</source>
        <translation>Nano Banana 2 Lite</translation>
    </message>
    <message>
        <source>Nano Banana 2 Lite, maker&apos;s route</source>
        <translation>Nano Banana 2 Lite，官方通道</translation>
    </message>
    <message>
        <source>Nano Banana 2, maker&apos;s route</source>
        <translation>Nano Banana 2，官方通道</translation>
    </message>
    <message>
        <source>Nano Banana 2.1</source>
        <translation>Nano Banana 2.1</translation>
    </message>
    <message>
        <source>Nano Banana Pro</source>
        <translation>Nano Banana Pro</translation>
    </message>
    <message>
        <source>Nano Banana Pro, maker&apos;s route</source>
        <translation>Nano Banana Pro，官方通道</translation>
    </message>
    <message>
        <source>Nano Banana, maker&apos;s route</source>
        <translation>Nano Banana，官方通道</translation>
    </message>
    <message>
        <source>Natural</source>
        <translation>自然</translation>
    </message>
    <message>
        <source>Needs an SVG author. The author chooses when nothing is set.</source>
        <translation>需要 SVG 编写模型。不设则由其决定。</translation>
    </message>
    <message>
        <source>Negative prompt (undocumented)</source>
        <translation>反向提示词（未公开）</translation>
    </message>
    <message>
        <source>New style for a part</source>
        <translation>局部换风格</translation>
    </message>
    <message>
        <source>New style for all</source>
        <translation>整体换风格</translation>
    </message>
    <message>
        <source>Niji 4</source>
        <translation>Niji 4</translation>
    </message>
    <message>
        <source>Niji 5</source>
        <translation>Niji 5</translation>
    </message>
    <message>
        <source>Niji 6</source>
        <translation>Niji 6</translation>
    </message>
    <message>
        <source>Niji 7</source>
        <translation>Niji 7</translation>
    </message>
    <message>
        <source>Niji style</source>
        <translation>Niji 风格</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Object reference</source>
        <translation>物体参考</translation>
    </message>
    <message>
        <source>Object weight</source>
        <translation>物体权重</translation>
    </message>
    <message>
        <source>Of a proxy server: /mj, or /mj-fast/mj, /mj-relax/mj, /mj-turbo/mj to choose the speed.</source>
        <translation>代理服务器的前缀：/mj，或用 /mj-fast/mj、/mj-relax/mj、/mj-turbo/mj 选择速度。</translation>
    </message>
    <message>
        <source>Of a proxy server; resellers usually want Bearer. AceDataCloud always gets Bearer.</source>
        <translation>代理服务器使用；转售商通常要求 Bearer。AceDataCloud 始终使用 Bearer。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Oil painting</source>
        <translation>油画</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>On: one request for several images that belong together, at most as many as asked for; the model decides how many. Say in the prompt how many there shall be. Off: one request for each image.</source>
        <translation>开：一次请求生成多张相关图片，最多为所要张数，由模型决定数量。请在提示词中写明张数。关：每张图一次请求。</translation>
    </message>
    <message>
        <source>Opaque</source>
        <translation>不透明</translation>
    </message>
    <message>
        <source>OpenAI</source>
        <translation>OpenAI</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>组织</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原始</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Path prefix</source>
        <translation>路径前缀</translation>
    </message>
    <message>
        <source>Photography</source>
        <translation>摄影</translation>
    </message>
    <message>
        <source>Planning</source>
        <translation>构思</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>人像</translation>
    </message>
    <message>
        <source>Preset style</source>
        <translation>预设风格</translation>
    </message>
    <message>
        <source>Previews</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>个性化代码</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Prompt Studio</source>
        <translation>Prompt Studio</translation>
    </message>
    <message>
        <source>Prompt optimization</source>
        <translation>提示词优化</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>公开</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Quarter</source>
        <translation>四分之一</translation>
    </message>
    <message>
        <source>Qwen-Image</source>
        <translation>Qwen-Image</translation>
    </message>
    <message>
        <source>Qwen-Image 2.0</source>
        <translation>Qwen-Image 2.0</translation>
    </message>
    <message>
        <source>Qwen-Image 2.0 Pro</source>
        <translation>Qwen-Image 2.0 Pro</translation>
    </message>
    <message>
        <source>Qwen-Image 2.0 Pro, 2026-03-03</source>
        <translation>Qwen-Image 2.0 Pro，2026-03-03</translation>
    </message>
    <message>
        <source>Qwen-Image 2.0 Pro, 2026-04-22</source>
        <translation>Qwen-Image 2.0 Pro，2026-04-22</translation>
    </message>
    <message>
        <source>Qwen-Image 2.0 Pro, 2026-06-22</source>
        <translation>Qwen-Image 2.0 Pro，2026-06-22</translation>
    </message>
    <message>
        <source>Qwen-Image 2.0, 2026-03-03</source>
        <translation>Qwen-Image 2.0，2026-03-03</translation>
    </message>
    <message>
        <source>Qwen-Image 2.0, 2026-04-22</source>
        <translation>Qwen-Image 2.0，2026-04-22</translation>
    </message>
    <message>
        <source>Qwen-Image 2.0, 2026-06-22</source>
        <translation>Qwen-Image 2.0，2026-06-22</translation>
    </message>
    <message>
        <source>Qwen-Image 3.0</source>
        <translation>Qwen-Image 3.0</translation>
    </message>
    <message>
        <source>Qwen-Image 3.0 Pro</source>
        <translation>Qwen-Image 3.0 Pro</translation>
    </message>
    <message>
        <source>Qwen-Image Edit</source>
        <translation>Qwen-Image Edit</translation>
    </message>
    <message>
        <source>Qwen-Image Edit Max</source>
        <translation>Qwen-Image Edit Max</translation>
    </message>
    <message>
        <source>Qwen-Image Edit Plus</source>
        <translation>Qwen-Image Edit Plus</translation>
    </message>
    <message>
        <source>Qwen-Image Max</source>
        <translation>Qwen-Image Max</translation>
    </message>
    <message>
        <source>Qwen-Image Plus</source>
        <translation>Qwen-Image Plus</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>原生</translation>
    </message>
    <message>
        <source>Real</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>Real providers take their time. As fast as possible leaves the waiting out.</source>
        <translation>真实服务商需要时间。“尽快”会略去等待。</translation>
    </message>
    <message>
        <source>Reference is a line drawing</source>
        <translation>参考图是线稿</translation>
    </message>
    <message>
        <source>Reference weight</source>
        <translation>参考权重</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Related set</source>
        <translation>关联组图</translation>
    </message>
    <message>
        <source>Relaxed</source>
        <translation>放松</translation>
    </message>
    <message>
        <source>Remove text and marks</source>
        <translation>去除文字和标记</translation>
    </message>
    <message>
        <source>Rewrite prompt</source>
        <translation>改写提示词</translation>
    </message>
    <message>
        <source>Rewrite the prompt (undocumented)</source>
        <translation>改写提示词（未公开）</translation>
    </message>
    <message>
        <source>Rounded to 10 ms.</source>
        <translation>按 10 毫秒取整。</translation>
    </message>
    <message>
        <source>SVG</source>
        <translation>SVG</translation>
    </message>
    <message>
        <source>SVG author</source>
        <translation>SVG 编写模型</translation>
    </message>
    <message>
        <source>SVG reasoning</source>
        <translation>SVG 推理</translation>
    </message>
    <message>
        <source>Scenic</source>
        <translation>风景</translation>
    </message>
    <message>
        <source>Seed (undocumented)</source>
        <translation>种子（未公开）</translation>
    </message>
    <message>
        <source>SeedEdit 3.0</source>
        <translation>SeedEdit 3.0</translation>
    </message>
    <message>
        <source>SeedEdit 3.0 (BytePlus)</source>
        <translation>SeedEdit 3.0（BytePlus）</translation>
    </message>
    <message>
        <source>Seedream 3.0</source>
        <translation>Seedream 3.0</translation>
    </message>
    <message>
        <source>Seedream 3.0 (BytePlus)</source>
        <translation>Seedream 3.0（BytePlus）</translation>
    </message>
    <message>
        <source>Seedream 4.0</source>
        <translation>Seedream 4.0</translation>
    </message>
    <message>
        <source>Seedream 4.0 (BytePlus)</source>
        <translation>Seedream 4.0（BytePlus）</translation>
    </message>
    <message>
        <source>Seedream 4.5</source>
        <translation>Seedream 4.5</translation>
    </message>
    <message>
        <source>Seedream 4.5 (BytePlus)</source>
        <translation>Seedream 4.5（BytePlus）</translation>
    </message>
    <message>
        <source>Seedream 5.0 Flash</source>
        <translation>Seedream 5.0 Flash</translation>
    </message>
    <message>
        <source>Seedream 5.0 Flash (BytePlus)</source>
        <translation>Seedream 5.0 Flash（BytePlus）</translation>
    </message>
    <message>
        <source>Seedream 5.0 Lite</source>
        <translation>Seedream 5.0 Lite</translation>
    </message>
    <message>
        <source>Seedream 5.0 Lite (BytePlus)</source>
        <translation>Seedream 5.0 Lite（BytePlus）</translation>
    </message>
    <message>
        <source>Seedream 5.0 Lite (BytePlus), its second name</source>
        <translation>Seedream 5.0 Lite（BytePlus），别名</translation>
    </message>
    <message>
        <source>Seedream 5.0 Lite of the subscription plan</source>
        <translation>Seedream 5.0 Lite（订阅套餐）</translation>
    </message>
    <message>
        <source>Seedream 5.0 Lite, its second name</source>
        <translation>Seedream 5.0 Lite，别名</translation>
    </message>
    <message>
        <source>Seedream 5.0 Pro</source>
        <translation>Seedream 5.0 Pro</translation>
    </message>
    <message>
        <source>Seedream 5.0 Pro (BytePlus)</source>
        <translation>Seedream 5.0 Pro（BytePlus）</translation>
    </message>
    <message>
        <source>Seedream 5.0 Pro of the subscription plan</source>
        <translation>Seedream 5.0 Pro（订阅套餐）</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Shows up to two drafts while it draws. They are billed as thinking, and may not come.</source>
        <translation>绘制时最多显示两张草稿。按思考计费，也可能没有。</translation>
    </message>
    <message>
        <source>Singapore</source>
        <translation>新加坡</translation>
    </message>
    <message>
        <source>Sketch</source>
        <translation>素描</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Stealth</source>
        <translation>隐身</translation>
    </message>
    <message>
        <source>Stealth needs a plan that has it.</source>
        <translation>隐身需要支持它的套餐。</translation>
    </message>
    <message>
        <source>Stop at percent</source>
        <translation>停在百分比</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>严格</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Style reference</source>
        <translation>风格参考</translation>
    </message>
    <message>
        <source>Style version</source>
        <translation>风格版本</translation>
    </message>
    <message>
        <source>Style weight</source>
        <translation>风格权重</translation>
    </message>
    <message>
        <source>Stylize</source>
        <translation>风格化</translation>
    </message>
    <message>
        <source>The gateway takes it, but sends no previews as far as is known. The maker bills each of them.</source>
        <translation>网关接受此项，但据了解不返回预览。原厂会对每张预览计费。</translation>
    </message>
    <message>
        <source>The gateway tells this web address when it is done. The studio asks by itself all the same.</source>
        <translation>完成后网关会通知此网址。本程序仍会自行查询。</translation>
    </message>
    <message>
        <source>The language model that writes the SVG after the picture; needed where a key may choose it. It is billed on top.</source>
        <translation>根据图片编写 SVG 的语言模型；密钥可选时必填，另行计费。</translation>
    </message>
    <message>
        <source>The model may explain itself, also why it draws nothing. The words are billed.</source>
        <translation>模型可能附带说明，包括为何不出图。文字会计费。</translation>
    </message>
    <message>
        <source>The model may look things up first. It may cost extra; nobody publishes how much.</source>
        <translation>模型可能先检索资料。可能另收费，价格未公布。</translation>
    </message>
    <message>
        <source>The vendor does not promise it, and nobody has shown what it does. When it is refused nothing is billed: leave it out then.</source>
        <translation>厂商未承诺支持，效果也未经证实。若被拒绝不会扣费，请去掉此项。</translation>
    </message>
    <message>
        <source>The vendor does not promise it. When it is refused nothing is billed: leave it out then.</source>
        <translation>厂商未承诺支持。若被拒绝不会扣费，请去掉此项。</translation>
    </message>
    <message>
        <source>The vendor does not promise it; 5.0 Flash repeats a picture with it. Further images count on from it. When it is refused nothing is billed: leave it out then.</source>
        <translation>厂商未承诺支持；5.0 Flash 可用它重现图片，后续图片依次递增。若被拒绝不会扣费，请去掉此项。</translation>
    </message>
    <message>
        <source>Think before drawing</source>
        <translation>先思考再绘制</translation>
    </message>
    <message>
        <source>Think before rewriting</source>
        <translation>先思考再改写</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>无缝拼贴</translation>
    </message>
    <message>
        <source>Time of a frame in ms</source>
        <translation>每帧毫秒数</translation>
    </message>
    <message>
        <source>Transparency is a preview on this model.</source>
        <translation>此模型的透明背景处于预览阶段。</translation>
    </message>
    <message>
        <source>Turbo</source>
        <translation>极速</translation>
    </message>
    <message>
        <source>Twice the edges, costs more.</source>
        <translation>边长加倍，费用更高。</translation>
    </message>
    <message>
        <source>US (Virginia)</source>
        <translation>美国（弗吉尼亚）</translation>
    </message>
    <message>
        <source>Use of the reference</source>
        <translation>参考图用法</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>通常</translation>
    </message>
    <message>
        <source>Very high</source>
        <translation>很高</translation>
    </message>
    <message>
        <source>Visibility</source>
        <translation>可见性</translation>
    </message>
    <message>
        <source>Visible watermark</source>
        <translation>可见水印</translation>
    </message>
    <message>
        <source>Vivid</source>
        <translation>鲜明</translation>
    </message>
    <message>
        <source>Volcengine</source>
        <translation>火山引擎</translation>
    </message>
    <message>
        <source>Volcengine Ark subscription plan</source>
        <translation>火山方舟订阅套餐</translation>
    </message>
    <message>
        <source>Volcengine Ark, Beijing</source>
        <translation>火山方舟，北京</translation>
    </message>
    <message>
        <source>Wan 2.1 Plus, Singapore</source>
        <translation>Wan 2.1 Plus，新加坡</translation>
    </message>
    <message>
        <source>Wan 2.1 Turbo, Singapore</source>
        <translation>Wan 2.1 Turbo，新加坡</translation>
    </message>
    <message>
        <source>Wan 2.2 Flash</source>
        <translation>Wan 2.2 Flash</translation>
    </message>
    <message>
        <source>Wan 2.2 Plus</source>
        <translation>Wan 2.2 Plus</translation>
    </message>
    <message>
        <source>Wan 2.5 Edit preview</source>
        <translation>Wan 2.5 编辑预览版</translation>
    </message>
    <message>
        <source>Wan 2.5 preview</source>
        <translation>Wan 2.5 预览版</translation>
    </message>
    <message>
        <source>Wan 2.6</source>
        <translation>Wan 2.6</translation>
    </message>
    <message>
        <source>Wan 2.6 Image</source>
        <translation>Wan 2.6 Image</translation>
    </message>
    <message>
        <source>Wan 2.7 Image</source>
        <translation>Wan 2.7 Image</translation>
    </message>
    <message>
        <source>Wan 2.7 Image Pro</source>
        <translation>Wan 2.7 Image Pro</translation>
    </message>
    <message>
        <source>Wanx 1</source>
        <translation>Wanx 1</translation>
    </message>
    <message>
        <source>Wanx 2.0 Turbo</source>
        <translation>Wanx 2.0 Turbo</translation>
    </message>
    <message>
        <source>Wanx 2.1 Edit</source>
        <translation>Wanx 2.1 Edit</translation>
    </message>
    <message>
        <source>Wanx 2.1 Plus</source>
        <translation>Wanx 2.1 Plus</translation>
    </message>
    <message>
        <source>Wanx 2.1 Turbo</source>
        <translation>Wanx 2.1 Turbo</translation>
    </message>
    <message>
        <source>Wanx portrait styles</source>
        <translation>万相人像风格</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <translation>水彩</translation>
    </message>
    <message>
        <source>Watermark</source>
        <translation>水印</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Way of rewriting</source>
        <translation>改写方式</translation>
    </message>
    <message>
        <source>Web search</source>
        <translation>联网搜索</translation>
    </message>
    <message>
        <source>WebP</source>
        <translation>WebP</translation>
    </message>
    <message>
        <source>Weird</source>
        <translation>怪异</translation>
    </message>
    <message>
        <source>What the account or the server is set to, when nothing is chosen.</source>
        <translation>未选择时按账户或服务器的设置。</translation>
    </message>
    <message>
        <source>What the account or the server is set to, when nothing is chosen. Turbo costs more and takes no seed.</source>
        <translation>未选择时按账户或服务器的设置。极速费用更高且不接受种子。</translation>
    </message>
    <message>
        <source>With a character reference.</source>
        <translation>与角色参考一起使用。</translation>
    </message>
    <message>
        <source>With a style reference.</source>
        <translation>与风格参考一起使用。</translation>
    </message>
    <message>
        <source>With an object reference.</source>
        <translation>与物体参考一起使用。</translation>
    </message>
    <message>
        <source>Words too</source>
        <translation>也要文字</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>业务空间</translation>
    </message>
    <message>
        <source>Z-Image Turbo</source>
        <translation>Z-Image Turbo</translation>
    </message>
    <message>
        <source>a draft takes none</source>
        <translation>草稿不接受</translation>
    </message>
    <message>
        <source>a request with reference images has no such setting</source>
        <translation>带参考图的请求没有此设置</translation>
    </message>
    <message>
        <source>drafts come from thinking</source>
        <translation>草稿来自思考</translation>
    </message>
    <message>
        <source>http:// is for this computer and the local network only.</source>
        <translation>http:// 仅限本机和局域网。</translation>
    </message>
    <message>
        <source>it needs a reference image</source>
        <translation>需要参考图</translation>
    </message>
    <message>
        <source>midjourney-proxy server</source>
        <translation>midjourney-proxy 服务器</translation>
    </message>
    <message>
        <source>mj-api-secret</source>
        <translation>mj-api-secret</translation>
    </message>
    <message>
        <source>only GIF has frames</source>
        <translation>只有 GIF 有帧</translation>
    </message>
    <message>
        <source>only JPEG and WebP are compressed</source>
        <translation>只有 JPEG 和 WebP 可压缩</translation>
    </message>
    <message>
        <source>only PNG and WebP have transparency</source>
        <translation>只有 PNG 和 WebP 支持透明</translation>
    </message>
    <message>
        <source>only SVG has an author</source>
        <translation>只有 SVG 有编写模型</translation>
    </message>
    <message>
        <source>only edits by words and new styles have a strength</source>
        <translation>仅文字编辑和换风格有强度</translation>
    </message>
    <message>
        <source>only for enlarging</source>
        <translation>仅用于放大</translation>
    </message>
    <message>
        <source>only for expanding</source>
        <translation>仅用于扩展</translation>
    </message>
    <message>
        <source>only for sketches</source>
        <translation>仅用于草图</translation>
    </message>
    <message>
        <source>quality 4 takes none</source>
        <translation>质量 4 不接受</translation>
    </message>
    <message>
        <source>the agent takes no reference images</source>
        <translation>智能体不接受参考图</translation>
    </message>
    <message>
        <source>the prompt is not rewritten</source>
        <translation>提示词未改写</translation>
    </message>
    <message>
        <source>v1</source>
        <translation>v1</translation>
    </message>
    <message>
        <source>v1beta</source>
        <translation>v1beta</translation>
    </message>
    <message>
        <source>v1beta when a model or a setting is not known.</source>
        <translation>模型或设置未知时用 v1beta。</translation>
    </message>
</context>
<context>
    <name>ChipEraser</name>
    <message>
        <source>Removed: {filter}</source>
        <translation>已移除：{filter}</translation>
    </message>
    <message>
        <source>{filter}. Backspace removes it.</source>
        <translation>{filter}。按退格键移除。</translation>
    </message>
</context>
<context>
    <name>ChoiceEdit</name>
    <message>
        <source>Lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>A brace is not closed. Add }, or write \{ for a plain brace.</source>
        <translation>花括号未闭合。请补上 }，或用 \{ 表示普通花括号。</translation>
    </message>
    <message>
        <source>A choice has a value without words.</source>
        <translation>某个选项的值没有内容。</translation>
    </message>
    <message>
        <source>A weight is a number above 0, such as 3::red.</source>
        <translation>权重须为大于 0 的数字，例如 3::red。</translation>
    </message>
    <message>
        <source>These are too many combinations.</source>
        <translation>组合数量过多。</translation>
    </message>
    <message>
        <source>There is no list named {name}.</source>
        <translation>没有名为 {name} 的列表。</translation>
    </message>
    <message>
        <source>The list {name} holds no value.</source>
        <translation>列表 {name} 没有任何值。</translation>
    </message>
</context>
<context>
    <name>CollectionPicker</name>
    <message>
        <source>Add to collection</source>
        <translation>加入收藏集</translation>
    </message>
    <message>
        <source>Find or name a collection</source>
        <translation>查找或命名收藏集</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>收藏集</translation>
    </message>
    <message>
        <source>Return adds</source>
        <translation>按回车键加入</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name}（{count}）</translation>
    </message>
    <message>
        <source>{name} ({count}), already there</source>
        <translation>{name}（{count}），已在其中</translation>
    </message>
    <message>
        <source>Type a name and press Return</source>
        <translation>输入名称后按回车键</translation>
    </message>
    <message>
        <source>New collection: {name}</source>
        <translation>新建收藏集：{name}</translation>
    </message>
</context>
<context>
    <name>CollectionsDialog</name>
    <message>
        <source>Collections</source>
        <translation>收藏集</translation>
    </message>
    <message>
        <source>No collection yet.</source>
        <translation>还没有收藏集。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>新建收藏集</translation>
    </message>
    <message>
        <source>Show {name}</source>
        <translation>显示{name}</translation>
    </message>
    <message>
        <source>Remove {name}; its images stay</source>
        <translation>删除{name}；其中的图片仍保留</translation>
    </message>
    <message>
        <source>Name of {name}</source>
        <translation>{name}的名称</translation>
    </message>
</context>
<context>
    <name>Colours</name>
    <message>
        <source>red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>teal</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <source>brown</source>
        <translation>棕色</translation>
    </message>
    <message>
        <source>light {hue}</source>
        <translation>浅{hue}</translation>
    </message>
    <message>
        <source>{hue}</source>
        <translation>{hue}</translation>
    </message>
    <message>
        <source>dark {hue}</source>
        <translation>深{hue}</translation>
    </message>
    <message>
        <source>white</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>black</source>
        <translation>黑色</translation>
    </message>
</context>
<context>
    <name>CompareBar</name>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>Show the whole image</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>1 : 1</source>
        <translation>1 : 1</translation>
    </message>
    <message>
        <source>One pixel of the image is one of the screen</source>
        <translation>图片的一个像素对应屏幕的一个像素</translation>
    </message>
    <message>
        <source>Zoom together</source>
        <translation>同步缩放</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>More ways to look</source>
        <translation>更多查看方式</translation>
    </message>
    <message>
        <source>Blind</source>
        <translation>盲评</translation>
    </message>
    <message>
        <source>Blind vote</source>
        <translation>盲评</translation>
    </message>
    <message>
        <source>Vote on pairs without names</source>
        <translation>不看名称，两两投票</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>划动</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪切</translation>
    </message>
    <message>
        <source>Exchange A and B</source>
        <translation>交换 A 和 B</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>CompareMenu</name>
    <message>
        <source>Loupe</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Names on the images</source>
        <translation>在图片上显示名称</translation>
    </message>
    <message>
        <source>Wipe from top to bottom</source>
        <translation>上下划动</translation>
    </message>
    <message>
        <source>Bring moved images back</source>
        <translation>移动的图片归位</translation>
    </message>
    <message>
        <source>Next image for the keys</source>
        <translation>按键作用于下一张图片</translation>
    </message>
    <message>
        <source>Surround</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Names are hidden until the vote is over.</source>
        <translation>投票结束前隐藏名称。</translation>
    </message>
    <message>
        <source>Images lie over each other: keys act on A and B.</source>
        <translation>图片互相叠放：按键作用于 A 和 B。</translation>
    </message>
    <message>
        <source>Drag with Ctrl or Alt, or press Alt and an arrow key: one image moves alone.</source>
        <translation>按住 Ctrl 或 Alt 拖动，或按 Alt 加方向键：只移动一张图片。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中灰</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>in the bin</source>
        <translation>在回收站中</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>{count} of {total} images are on the table: it has room for nine.</source>
        <translation>{total} 张中的 {count} 张已放上灯台，最多九张。</translation>
    </message>
    <message>
        <source>A blind vote is over two to a hundred images.</source>
        <translation>盲评需要 2 到 100 张图片。</translation>
    </message>
</context>
<context>
    <name>CompareSettings</name>
    <message>
        <source>Provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Asked size</source>
        <translation>要求的尺寸</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
</context>
<context>
    <name>CompareSide</name>
    <message>
        <source>About the images on the table</source>
        <translation>对比图片的信息</translation>
    </message>
    <message>
        <source>Blind vote</source>
        <translation>盲评</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>{place} of {total}</source>
        <translation>{place} / {total}</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>排名</translation>
    </message>
</context>
<context>
    <name>ComposerCover</name>
    <message>
        <source>Covered while you vote</source>
        <translation>投票时已遮住</translation>
    </message>
    <message>
        <source>Models and prices of the composer would tell what you vote on.</source>
        <translation>编辑区的模型和价格会透露您在给谁投票。</translation>
    </message>
    <message>
        <source>Show names</source>
        <translation>显示名称</translation>
    </message>
    <message>
        <source>Show names and end the vote</source>
        <translation>显示名称并结束投票</translation>
    </message>
</context>
<context>
    <name>ComposerFooter</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>Sweep %n combination(s)...</source>
        <translation>
            <numerusform>组合实验：%n 种组合…</numerusform>
        </translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Generate anyway</source>
        <translation>仍然生成</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) have no key yet</source>
        <translation>
            <numerusform>%n 个模型尚未添加密钥</numerusform>
        </translation>
    </message>
    <message>
        <source>Sweep...</source>
        <translation>组合实验…</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>免费</translation>
    </message>
    <message numerus="yes">
        <source>%n combination(s)</source>
        <translation>
            <numerusform>%n 种组合</numerusform>
        </translation>
    </message>
    <message>
        <source>{provider} has no key yet</source>
        <translation>{provider} 尚未添加密钥</translation>
    </message>
    <message>
        <source>No price</source>
        <translation>无定价</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n 个模型</numerusform>
        </translation>
    </message>
    <message>
        <source>Generate, up to {amount} over today&apos;s limit</source>
        <translation>生成，最多超出今日限额 {amount}</translation>
    </message>
    <message>
        <source>{amount} left today</source>
        <translation>今日还可用 {amount}</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) will differ</source>
        <translation>
            <numerusform>%n 项设置会有出入</numerusform>
        </translation>
    </message>
    <message>
        <source>Painted on this computer, nothing is sent</source>
        <translation>在本机绘制，不发送任何内容</translation>
    </message>
    <message>
        <source>{model} has no published price</source>
        <translation>{model}未公布单价</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) without a published price</source>
        <translation>
            <numerusform>%n 个模型未公布单价</numerusform>
        </translation>
    </message>
    <message>
        <source>What will differ</source>
        <translation>哪些会有出入</translation>
    </message>
</context>
<context>
    <name>ComposerPanel</name>
    <message>
        <source>This library is read-only</source>
        <translation>此图库为只读</translation>
    </message>
    <message>
        <source>Write a prompt</source>
        <translation>请写提示词</translation>
    </message>
    <message>
        <source>The prompt is too long</source>
        <translation>提示词过长</translation>
    </message>
    <message>
        <source>Check the seed</source>
        <translation>请检查种子</translation>
    </message>
    <message>
        <source>Tick a model</source>
        <translation>请勾选模型</translation>
    </message>
    <message>
        <source>No ticked model can run this</source>
        <translation>勾选的模型都无法运行</translation>
    </message>
    <message>
        <source>Go back to your settings, or use these, before you generate.</source>
        <translation>生成之前，请先回到您的设置，或使用这些设置。</translation>
    </message>
</context>
<context>
    <name>DetailsHead</name>
    <message>
        <source>Run {run} · {time}</source>
        <translation>批次 {run} · {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>from %n run(s)</source>
        <translation>
            <numerusform>来自 %n 个批次</numerusform>
        </translation>
    </message>
    <message>
        <source>Run {run} · sent {time}</source>
        <translation>批次 {run} · {time} 发送</translation>
    </message>
    <message>
        <source>Told below: the first {count} of {total}</source>
        <translation>以下仅说明前 {count} 张，共 {total} 张</translation>
    </message>
    <message>
        <source>Run {run} · queued {time}</source>
        <translation>批次 {run} · {time} 排队</translation>
    </message>
    <message>
        <source>Load settings</source>
        <translation>载入设置</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考图</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>移入回收站</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Select two images or more</source>
        <translation>请选择两张或更多图片</translation>
    </message>
    <message>
        <source>Take out of this collection</source>
        <translation>移出此收藏集</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>收藏集</translation>
    </message>
    <message>
        <source>Add to collection</source>
        <translation>加入收藏集</translation>
    </message>
    <message>
        <source>Look at settings</source>
        <translation>查看设置</translation>
    </message>
    <message>
        <source>Add to collection...</source>
        <translation>加入收藏集…</translation>
    </message>
    <message>
        <source>This is for one image at a time</source>
        <translation>一次只能用于一张图片</translation>
    </message>
    <message>
        <source>Find images with {colour} in them ({share} % here)</source>
        <translation>查找含有 {colour} 的图片（此图中占 {share} %）</translation>
    </message>
    <message>
        <source>Remove tag</source>
        <translation>移除标签</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Copy prompt</source>
        <translation>复制提示词</translation>
    </message>
    <message>
        <source>Find similar images</source>
        <translation>查找相似图片</translation>
    </message>
    <message>
        <source>Not rejected</source>
        <translation>取消淘汰</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>淘汰</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Run on the ticked models</source>
        <translation>用勾选的模型运行</translation>
    </message>
    <message>
        <source>Make anew</source>
        <translation>重新生成</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Select an image to see its details.</source>
        <translation>选择一张图片以查看详情。</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>图片信息</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Your words about this image</source>
        <translation>关于此图片的备注</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Prompt used by {provider}</source>
        <translation>{provider}实际使用的提示词</translation>
    </message>
    <message>
        <source>{provider} cannot be asked what became of the image. It was not sent again.</source>
        <translation>无法向{provider}查询这张图片的下落，未再次发送。</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>It was not sent again.</source>
        <translation>没有重新发送。</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DifferencesPage</name>
    <message>
        <source>What differs between the images on the table is listed here.</source>
        <translation>此处列出灯台上各张图片的不同之处。</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>These images were made with the same settings.</source>
        <translation>这些图片使用了相同的设置。</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Reading library</source>
        <translation>正在读取图库</translation>
    </message>
    <message>
        <source>Images appear here. Write a prompt and press Generate.</source>
        <translation>图片会显示在这里。写好提示词后点击“生成”。</translation>
    </message>
    <message>
        <source>The bin is empty.</source>
        <translation>回收站为空。</translation>
    </message>
    <message>
        <source>No image matches these filters.</source>
        <translation>没有符合筛选条件的图片。</translation>
    </message>
</context>
<context>
    <name>EmptyTable</name>
    <message>
        <source>Nothing to compare yet</source>
        <translation>还没有可对比的图片</translation>
    </message>
    <message>
        <source>Select two to nine images in Runs or Grid and press C.</source>
        <translation>在批次或网格中选择二到九张图片，然后按 C。</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>1 file exists and is skipped.</source>
        <translation>1 个文件已存在，将跳过。</translation>
    </message>
    <message>
        <source>1 file is not what was received: another program changed it.</source>
        <translation>1 个文件与收到时不同：已被其他程序更改。</translation>
    </message>
    <message>
        <source>1 file is replaced.</source>
        <translation>1 个文件将被替换。</translation>
    </message>
    <message>
        <source>1 file was moved and cannot be exported.</source>
        <translation>1 个文件已移动，无法导出。</translation>
    </message>
    <message>
        <source>1 image is SVG and stays SVG.</source>
        <translation>1 张图片是 SVG，保持 SVG。</translation>
    </message>
    <message>
        <source>1 image is animated, only its first frame is kept.</source>
        <translation>1 张图片是动图，只保留第一帧。</translation>
    </message>
    <message>
        <source>1 image loses its Content Credentials, the original keeps them.</source>
        <translation>1 张图片将失去内容凭证，原图仍保留。</translation>
    </message>
    <message>
        <source>1 name exists, it gets a number.</source>
        <translation>1 个名称已存在，将加上编号。</translation>
    </message>
    <message>
        <source>A gateway answered in place of {provider}. {money}</source>
        <translation>网关代替{provider}作了应答。{money}</translation>
    </message>
    <message>
        <source>A grid of {count} was split, the whole grid is kept too</source>
        <translation>{count} 格拼图已拆分，整图也已保留</translation>
    </message>
    <message>
        <source>A newer Prompt Studio made the settings in {path}. They stay as they are; changes hold until the end. {money}</source>
        <translation>{path} 中的设置由更新版本的 Prompt Studio 写入，将保持原样；更改只在本次运行中有效。{money}</translation>
    </message>
    <message>
        <source>A newer Prompt Studio made this workspace (version {found}, we know {known}). {money}</source>
        <translation>此工作区由更新版本的 Prompt Studio 创建（版本 {found}，本程序支持到 {known}）。{money}</translation>
    </message>
    <message>
        <source>A strong style</source>
        <translation>强烈的风格</translation>
    </message>
    <message>
        <source>Account not verified</source>
        <translation>账户未验证</translation>
    </message>
    <message>
        <source>Another window or command works on sweep {number}, or has paused or stopped it. {money}</source>
        <translation>另一个窗口或命令正在处理组合实验 {number}，或已将其暂停或停止。{money}</translation>
    </message>
    <message>
        <source>Answer not readable</source>
        <translation>应答无法读取</translation>
    </message>
    <message>
        <source>Balance used up</source>
        <translation>余额不足</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Cannot run</source>
        <translation>无法运行</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>更换模型</translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Connection not secure</source>
        <translation>连接不安全</translation>
    </message>
    <message>
        <source>Connection settings not usable</source>
        <translation>连接设置不可用</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Edit prompt</source>
        <translation>修改提示词</translation>
    </message>
    <message>
        <source>Exactly what is written, or strict safety</source>
        <translation>严格遵循文字，或严格安全</translation>
    </message>
    <message>
        <source>Failed at the provider</source>
        <translation>服务商处理失败</translation>
    </message>
    <message>
        <source>File name not possible</source>
        <translation>文件名不可用</translation>
    </message>
    <message>
        <source>File not readable</source>
        <translation>文件无法读取</translation>
    </message>
    <message>
        <source>File was moved</source>
        <translation>文件已移动</translation>
    </message>
    <message>
        <source>Folder not writable</source>
        <translation>文件夹不可写</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Generate anyway</source>
        <translation>仍然生成</translation>
    </message>
    <message>
        <source>Image not readable</source>
        <translation>图片无法读取</translation>
    </message>
    <message>
        <source>Image set aside</source>
        <translation>图片已另存</translation>
    </message>
    <message>
        <source>Image too large</source>
        <translation>图片过大</translation>
    </message>
    <message>
        <source>It could not be saved in the workspace and lies in {path}. {money}</source>
        <translation>无法存入工作区，现位于 {path}。{money}</translation>
    </message>
    <message>
        <source>It may have been billed.</source>
        <translation>可能已扣费。</translation>
    </message>
    <message>
        <source>It was billed.</source>
        <translation>已扣费。</translation>
    </message>
    <message>
        <source>It was sent to {address}, Preferences now have {now}. With the former it can still be fetched. {money}</source>
        <translation>它已发送到{address}，偏好设置里现在是{now}。用原来的地址仍可取回。{money}</translation>
    </message>
    <message>
        <source>JPEG has no transparency. 1 image gets a white background.</source>
        <translation>JPEG 不支持透明。1 张图片将加上白色背景。</translation>
    </message>
    <message>
        <source>JPEG has no transparency. {count} images get a white background.</source>
        <translation>JPEG 不支持透明。{count} 张图片将加上白色背景。</translation>
    </message>
    <message>
        <source>Key missing</source>
        <translation>缺少密钥</translation>
    </message>
    <message>
        <source>Key not accepted</source>
        <translation>密钥未被接受</translation>
    </message>
    <message>
        <source>Keyring is locked</source>
        <translation>密钥环已锁定</translation>
    </message>
    <message>
        <source>Library is read-only</source>
        <translation>图库为只读</translation>
    </message>
    <message>
        <source>Limit reached</source>
        <translation>已达上限</translation>
    </message>
    <message>
        <source>Link has expired</source>
        <translation>链接已过期</translation>
    </message>
    <message>
        <source>Link not followed</source>
        <translation>链接未打开</translation>
    </message>
    <message>
        <source>Mainland China, or Alibaba Cloud</source>
        <translation>中国大陆，或阿里云</translation>
    </message>
    <message>
        <source>Makes {used} images, not {asked}</source>
        <translation>会生成 {used} 张，而不是 {asked} 张</translation>
    </message>
    <message>
        <source>Makes {used}, in the shape of the last reference image</source>
        <translation>实为 {used}，形状随最后一张参考图</translation>
    </message>
    <message>
        <source>Makes {used}, not {asked}</source>
        <translation>实为 {used}，而不是 {asked}</translation>
    </message>
    <message>
        <source>Many images, fast, in China</source>
        <translation>在中国快速批量出图</translation>
    </message>
    <message>
        <source>May have been billed</source>
        <translation>可能已扣费</translation>
    </message>
    <message>
        <source>Midjourney has the most pronounced look of its own.</source>
        <translation>Midjourney 自身风格最鲜明。</translation>
    </message>
    <message>
        <source>Model has ended</source>
        <translation>模型已停用</translation>
    </message>
    <message>
        <source>Model not known</source>
        <translation>模型未知</translation>
    </message>
    <message>
        <source>Model not opened</source>
        <translation>模型未开通</translation>
    </message>
    <message>
        <source>Negative prompt goes into the prompt</source>
        <translation>反向提示词并入提示词</translation>
    </message>
    <message>
        <source>Negative prompt has {asked} characters, {model} takes {used}</source>
        <translation>反向提示词有 {asked} 字，{model}只取 {used} 字</translation>
    </message>
    <message>
        <source>Negative prompt ignored, {model} has none</source>
        <translation>忽略反向提示词，{model}不支持</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>没有网络连接</translation>
    </message>
    <message>
        <source>No keyring</source>
        <translation>没有密钥环</translation>
    </message>
    <message>
        <source>Not offered here</source>
        <translation>此地区不提供</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>Nothing was billed.</source>
        <translation>未扣费。</translation>
    </message>
    <message>
        <source>Only the first {used} of {asked} reference images are used</source>
        <translation>{asked} 张参考图中只用前 {used} 张</translation>
    </message>
    <message>
        <source>Open Preferences</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>打开控制台</translation>
    </message>
    <message>
        <source>Open top-up page</source>
        <translation>打开充值页</translation>
    </message>
    <message>
        <source>Open usage page</source>
        <translation>打开用量页</translation>
    </message>
    <message>
        <source>Open {model} in the console of {provider} first. {money}</source>
        <translation>请先在{provider}的控制台开通{model}。{money}</translation>
    </message>
    <message>
        <source>OpenAI follows long prompts most closely.</source>
        <translation>OpenAI 最能遵循长提示词。</translation>
    </message>
    <message>
        <source>Originals are copied as they came, without the prompt inside.</source>
        <translation>原图按收到的样子复制，不含提示词。</translation>
    </message>
    <message>
        <source>Over the limit</source>
        <translation>超出限额</translation>
    </message>
    <message>
        <source>Paused after failures</source>
        <translation>多次失败，已暂停</translation>
    </message>
    <message>
        <source>Picture withheld</source>
        <translation>图片被拦截</translation>
    </message>
    <message>
        <source>Prompt ignored, {model} has none</source>
        <translation>忽略提示词，{model}不支持</translation>
    </message>
    <message>
        <source>Provider is busy</source>
        <translation>服务商繁忙</translation>
    </message>
    <message>
        <source>Ratio ignored, {model} makes its own</source>
        <translation>忽略比例，由{model}自定</translation>
    </message>
    <message>
        <source>Ratio {asked} becomes {used}</source>
        <translation>比例 {asked} 改为 {used}</translation>
    </message>
    <message>
        <source>Ratio {asked} ignored, the size {used} decides</source>
        <translation>忽略比例 {asked}，以尺寸 {used} 为准</translation>
    </message>
    <message>
        <source>Read answer</source>
        <translation>查看回答</translation>
    </message>
    <message>
        <source>Reference images ignored, {model} takes none</source>
        <translation>忽略参考图，{model}不支持</translation>
    </message>
    <message>
        <source>Reference not readable</source>
        <translation>参考图无法读取</translation>
    </message>
    <message>
        <source>Reference too large</source>
        <translation>参考图过大</translation>
    </message>
    <message>
        <source>Refused by its filter</source>
        <translation>被内容审核拦截</translation>
    </message>
    <message>
        <source>Request not accepted</source>
        <translation>请求未被接受</translation>
    </message>
    <message>
        <source>Request not complete</source>
        <translation>请求不完整</translation>
    </message>
    <message>
        <source>Result not fetched</source>
        <translation>结果未取回</translation>
    </message>
    <message>
        <source>SVG is not accepted, export it as PNG</source>
        <translation>不支持 SVG，请导出为 PNG</translation>
    </message>
    <message>
        <source>Seed ignored, {model} has no seed</source>
        <translation>忽略种子，{model}不支持</translation>
    </message>
    <message>
        <source>Seed {asked} becomes {used}, {model} takes {minimum} to {maximum}</source>
        <translation>种子 {asked} 改为 {used}，{model}的范围是 {minimum} 到 {maximum}</translation>
    </message>
    <message>
        <source>Seeds {first} to {last}, one for each request</source>
        <translation>种子 {first} 到 {last}，每个请求一个</translation>
    </message>
    <message>
        <source>Settings are newer</source>
        <translation>设置来自更新版本</translation>
    </message>
    <message>
        <source>Settings are not kept</source>
        <translation>设置无法保存</translation>
    </message>
    <message>
        <source>Settings were reset</source>
        <translation>设置已重置</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>查看详情</translation>
    </message>
    <message>
        <source>Simplify prompt...</source>
        <translation>简化提示词…</translation>
    </message>
    <message>
        <source>Size goes as ratio {used}</source>
        <translation>尺寸按比例 {used} 发送</translation>
    </message>
    <message>
        <source>Size ignored, {model} makes its own</source>
        <translation>忽略尺寸，由{model}自定</translation>
    </message>
    <message>
        <source>Something broke</source>
        <translation>程序出了问题</translation>
    </message>
    <message>
        <source>Something broke in Prompt Studio. Your images are safe. {money}</source>
        <translation>Prompt Studio 出了问题。图片不受影响。{money}</translation>
    </message>
    <message>
        <source>Stop trying</source>
        <translation>停止重试</translation>
    </message>
    <message>
        <source>Stopped on your wish. {money}</source>
        <translation>已按您的要求停止。{money}</translation>
    </message>
    <message>
        <source>Style goes into the prompt</source>
        <translation>风格并入提示词</translation>
    </message>
    <message>
        <source>Style ignored, {model} has none</source>
        <translation>忽略风格，{model}不支持</translation>
    </message>
    <message>
        <source>Sweep is in other hands</source>
        <translation>组合实验正由别处处理</translation>
    </message>
    <message>
        <source>Task has expired</source>
        <translation>任务已过期</translation>
    </message>
    <message>
        <source>Text, but no image</source>
        <translation>只有文字，没有图片</translation>
    </message>
    <message>
        <source>The answer of {provider} could not be read. {money}</source>
        <translation>{provider}的应答无法读取。{money}</translation>
    </message>
    <message>
        <source>The certificate of {host} was not accepted. {money}</source>
        <translation>{host}的证书未被接受。{money}</translation>
    </message>
    <message>
        <source>The connection broke after the request was sent. {money}</source>
        <translation>请求发出后连接中断。{money}</translation>
    </message>
    <message>
        <source>The connection to {host} broke before the result was here. {money}</source>
        <translation>结果到达之前，与{host}的连接中断。{money}</translation>
    </message>
    <message>
        <source>The image could no longer be fetched from {provider}. {money}</source>
        <translation>已无法从{provider}取回图片。{money}</translation>
    </message>
    <message>
        <source>The image is larger than {limit}. {money}</source>
        <translation>图片超过 {limit}。{money}</translation>
    </message>
    <message>
        <source>The image lies at an address that is not safe to open. {money}</source>
        <translation>图片所在的地址不宜打开。{money}</translation>
    </message>
    <message>
        <source>The image waits in memory until there is room. {money}</source>
        <translation>图片暂存内存，腾出空间后保存。{money}</translation>
    </message>
    <message>
        <source>The original is copied as it came, without the prompt inside.</source>
        <translation>原图按收到的样子复制，不含提示词。</translation>
    </message>
    <message>
        <source>The prompt has {asked} characters, {model} takes {maximum}</source>
        <translation>提示词有 {asked} 字，{model}最多 {maximum} 字</translation>
    </message>
    <message>
        <source>The settings file could not be read and was set aside as {path}. {money}</source>
        <translation>设置文件无法读取，已另存为 {path}。{money}</translation>
    </message>
    <message>
        <source>The studio stopped before it was sent. {money}</source>
        <translation>发送之前程序已停止。{money}</translation>
    </message>
    <message>
        <source>The studio stopped while the request was under way. {money}</source>
        <translation>请求进行中程序停止。{money}</translation>
    </message>
    <message>
        <source>There is no room left in {path}. What was written before stays. {money}</source>
        <translation>{path} 没有剩余空间。之前写入的内容保留。{money}</translation>
    </message>
    <message>
        <source>This sweep has {count} cells, at most {most} are possible. Take fewer values, or a random sample. {money}</source>
        <translation>此组合实验有 {count} 格，最多 {most} 格。请减少取值，或改为随机抽样。{money}</translation>
    </message>
    <message>
        <source>This system has no keyring service. {money}</source>
        <translation>此系统没有密钥环服务。{money}</translation>
    </message>
    <message>
        <source>Tongyi runs in the Chinese regions of Alibaba Cloud.</source>
        <translation>通义运行在阿里云的中国区域。</translation>
    </message>
    <message>
        <source>Too late to cancel, {provider} finishes it and the image is kept</source>
        <translation>来不及取消，{provider}会完成，图片将保留</translation>
    </message>
    <message>
        <source>Too many combinations</source>
        <translation>组合太多</translation>
    </message>
    <message>
        <source>Too many requests</source>
        <translation>请求过多</translation>
    </message>
    <message>
        <source>Took too long</source>
        <translation>等待过久</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Unknown answer</source>
        <translation>应答未知</translation>
    </message>
    <message>
        <source>Unlock the keyring of the system, then try again. {money}</source>
        <translation>请解锁系统密钥环后重试。{money}</translation>
    </message>
    <message>
        <source>Up to {over} over the limit of {limit}. {money}</source>
        <translation>超出限额{limit}，最多多出{over}。{money}</translation>
    </message>
    <message>
        <source>Upscale</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Volcengine makes batches quickly in China.</source>
        <translation>火山引擎在中国批量出图快。</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>如何处理</translation>
    </message>
    <message>
        <source>What {provider} sent is no image. {money}</source>
        <translation>{provider}返回的不是图片。{money}</translation>
    </message>
    <message>
        <source>Workspace is newer</source>
        <translation>工作区来自更新版本</translation>
    </message>
    <message>
        <source>Workspace not readable</source>
        <translation>工作区无法读取</translation>
    </message>
    <message>
        <source>another program has kept it locked. Close that program, then try again</source>
        <translation>另一个程序一直锁定着它。请关闭该程序后重试</translation>
    </message>
    <message>
        <source>another window or command has it open. Close that first, then try again</source>
        <translation>另一个窗口或命令正在使用它。请先关闭，然后重试</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>it cannot be used. Choose another folder</source>
        <translation>无法使用。请选择其他文件夹</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>it is cut off</source>
        <translation>文件不完整</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>文件已损坏</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <source>it is in the way. Move it or choose another folder</source>
        <translation>该文件占用了所需位置。请移走它或选择其他文件夹</translation>
    </message>
    <message>
        <source>it is no longer in the library</source>
        <translation>已不在图库中</translation>
    </message>
    <message>
        <source>it is no plain file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>it lies on another computer</source>
        <translation>位于另一台计算机上</translation>
    </message>
    <message>
        <source>it may not be read</source>
        <translation>没有读取权限</translation>
    </message>
    <message>
        <source>it may not be written to. Change its permissions or choose another folder</source>
        <translation>没有写入权限。请更改权限或选择其他文件夹</translation>
    </message>
    <message>
        <source>its address holds a password</source>
        <translation>地址中含有密码</translation>
    </message>
    <message>
        <source>its database is damaged. `prompt-studio doctor --rebuild` makes a new one from the images</source>
        <translation>数据库已损坏。可用 `prompt-studio doctor --rebuild` 根据图片重建</translation>
    </message>
    <message>
        <source>its file is gone</source>
        <translation>文件已不存在</translation>
    </message>
    <message>
        <source>its format is not known</source>
        <translation>无法识别其格式</translation>
    </message>
    <message>
        <source>its studio.db was not made by Prompt Studio. Choose another folder</source>
        <translation>其中的 studio.db 不是由 Prompt Studio 创建的。请选择其他文件夹</translation>
    </message>
    <message>
        <source>only https addresses are opened</source>
        <translation>只能打开 https 地址</translation>
    </message>
    <message>
        <source>the drive does not answer. Connect it again</source>
        <translation>驱动器没有响应。请重新连接</translation>
    </message>
    <message>
        <source>the drive is full. Make room or choose another folder</source>
        <translation>驱动器已满。请腾出空间或选择其他文件夹</translation>
    </message>
    <message>
        <source>the drive is read-only. Choose another folder; prompt-studio list and export can still read it</source>
        <translation>驱动器为只读。请选择其他文件夹；prompt-studio list 和 export 仍可读取</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>there is not enough memory to read it</source>
        <translation>内存不足，无法读取</translation>
    </message>
    <message>
        <source>this drive cannot lock files. Choose a folder on a local drive</source>
        <translation>此驱动器无法锁定文件。请选择本地驱动器上的文件夹</translation>
    </message>
    <message>
        <source>this is not a folder. Choose another</source>
        <translation>这不是文件夹。请另选一个</translation>
    </message>
    <message>
        <source>{amount} was billed.</source>
        <translation>扣费 {amount}。</translation>
    </message>
    <message>
        <source>{asked} becomes {used}</source>
        <translation>{asked} 改为 {used}</translation>
    </message>
    <message>
        <source>{asked} images need {calls} paid requests</source>
        <translation>{asked} 张图片需要 {calls} 次付费请求</translation>
    </message>
    <message>
        <source>{asked} reference images may be too many for {model}, {sure} are sure</source>
        <translation>{asked} 张参考图对 {model} 可能过多，确定支持 {sure} 张</translation>
    </message>
    <message>
        <source>{count} cells failed, so the sweep paused. {money}</source>
        <translation>已有 {count} 格失败，组合实验已暂停。{money}</translation>
    </message>
    <message>
        <source>{count} files are not what was received: another program changed them.</source>
        <translation>{count} 个文件与收到时不同：已被其他程序更改。</translation>
    </message>
    <message>
        <source>{count} files are replaced.</source>
        <translation>{count} 个文件将被替换。</translation>
    </message>
    <message>
        <source>{count} files exist and are skipped.</source>
        <translation>{count} 个文件已存在，将跳过。</translation>
    </message>
    <message>
        <source>{count} files were moved and cannot be exported.</source>
        <translation>{count} 个文件已移动，无法导出。</translation>
    </message>
    <message>
        <source>{count} images are SVG and stay SVG.</source>
        <translation>{count} 张图片是 SVG，保持 SVG。</translation>
    </message>
    <message>
        <source>{count} images are animated, only their first frames are kept.</source>
        <translation>{count} 张图片是动图，只保留第一帧。</translation>
    </message>
    <message>
        <source>{count} images lose their Content Credentials, the originals keep them.</source>
        <translation>{count} 张图片将失去内容凭证，原图仍保留。</translation>
    </message>
    <message>
        <source>{count} names exist, these get a number.</source>
        <translation>{count} 个名称已存在，将加上编号。</translation>
    </message>
    <message>
        <source>{fallback} could have stood in, but the limit is reached</source>
        <translation>{fallback}本可代替，但已达限额</translation>
    </message>
    <message>
        <source>{field}: {reason}. {money}</source>
        <translation>{field}：{reason}。{money}</translation>
    </message>
    <message>
        <source>{host} cannot be reached. {money}</source>
        <translation>无法连接{host}。{money}</translation>
    </message>
    <message>
        <source>{model} cannot read {name}</source>
        <translation>{model}无法读取 {name}</translation>
    </message>
    <message>
        <source>{model} cuts prompts after {maximum} tokens, this one has {asked} characters</source>
        <translation>{model}只读提示词的前 {maximum} 个 token，此提示词有 {asked} 字</translation>
    </message>
    <message>
        <source>{model} ended on {date}, choose another</source>
        <translation>{model}已于 {date} 停用，请更换模型</translation>
    </message>
    <message>
        <source>{model} ended on {date}, {replacement} replaces it</source>
        <translation>{model}已于 {date} 停用，由{replacement}代替</translation>
    </message>
    <message>
        <source>{model} ends on {date}</source>
        <translation>{model}将于 {date} 停用</translation>
    </message>
    <message>
        <source>{model} ends on {date}, {replacement} replaces it</source>
        <translation>{model}将于 {date} 停用，由{replacement}代替</translation>
    </message>
    <message>
        <source>{model} has no automatic size, makes {used}</source>
        <translation>{model}没有自动尺寸，实为 {used}</translation>
    </message>
    <message>
        <source>{model} has no setting {name}</source>
        <translation>{model}没有设置项 {name}</translation>
    </message>
    <message>
        <source>{model} is closed at {provider}. {money}</source>
        <translation>{provider}已关闭{model}。{money}</translation>
    </message>
    <message>
        <source>{model} is not in the catalogue</source>
        <translation>{model}不在模型目录中</translation>
    </message>
    <message>
        <source>{model} is not in the catalogue, similar names: {near}</source>
        <translation>{model}不在目录中，相近的名称：{near}</translation>
    </message>
    <message>
        <source>{model} needs at least {minimum} reference image</source>
        <translation>{model}至少需要 {minimum} 张参考图</translation>
    </message>
    <message>
        <source>{model} stands in for {failed}</source>
        <translation>{model}代替{failed}</translation>
    </message>
    <message>
        <source>{model} was added by hand and is not verified</source>
        <translation>{model}由手动添加，未经核实</translation>
    </message>
    <message>
        <source>{name} cannot be read. {money}</source>
        <translation>无法读取 {name}。{money}</translation>
    </message>
    <message>
        <source>{name} cannot be {asked}, {model} takes {allowed}</source>
        <translation>{name} 不能是 {asked}，{model}可用 {allowed}</translation>
    </message>
    <message>
        <source>{name} has transparency, {model} takes none</source>
        <translation>{name} 带透明，{model}不接受</translation>
    </message>
    <message>
        <source>{name} ignored: {reason}</source>
        <translation>忽略 {name}：{reason}</translation>
    </message>
    <message>
        <source>{name} is larger than {limit}. {money}</source>
        <translation>{name} 超过 {limit}。{money}</translation>
    </message>
    <message>
        <source>{name} is no image that can be used: {reason}. {money}</source>
        <translation>{name} 不是可用的图片：{reason}。{money}</translation>
    </message>
    <message>
        <source>{name} is no longer in the workspace. {money}</source>
        <translation>{name} 已不在工作区。{money}</translation>
    </message>
    <message>
        <source>{name} is too large for {model}, at most {limit}</source>
        <translation>{name} 对{model}过大，最多 {limit}</translation>
    </message>
    <message>
        <source>{name} is too narrow for {model}, at most {maximum}:1</source>
        <translation>{name} 对{model}过窄，最多 {maximum}:1</translation>
    </message>
    <message>
        <source>{name} is {asked}, {model} takes edges from {minimum} to {maximum} px</source>
        <translation>{name} 为 {asked}，{model}的边长范围是 {minimum} 到 {maximum} px</translation>
    </message>
    <message>
        <source>{name} {asked} becomes {used}, {model} takes {allowed}</source>
        <translation>{name} {asked} 改为 {used}，{model}可用 {allowed}</translation>
    </message>
    <message>
        <source>{path} cannot be used: changes hold until Prompt Studio closes. Make it writable, then start again. {money}</source>
        <translation>无法使用 {path}：更改只在 Prompt Studio 关闭前有效。请让它可以写入，然后重新启动。{money}</translation>
    </message>
    <message>
        <source>{path} cannot be written to. Make it writable, or choose another folder. {money}</source>
        <translation>无法写入 {path}。请让它可以写入，或选择其他文件夹。{money}</translation>
    </message>
    <message>
        <source>{path} cannot be written to: nothing can be generated or changed here. {money}</source>
        <translation>{path} 无法写入：此处不能生成或更改任何内容。{money}</translation>
    </message>
    <message>
        <source>{path}: {reason}. {money}</source>
        <translation>{path}：{reason}。{money}</translation>
    </message>
    <message>
        <source>{provider} answered with a state we do not know: {state}. {money}</source>
        <translation>{provider}返回了未知状态：{state}。{money}</translation>
    </message>
    <message>
        <source>{provider} answered without an image. {money}</source>
        <translation>{provider}的应答中没有图片。{money}</translation>
    </message>
    <message>
        <source>{provider} asks us to wait. {money}</source>
        <translation>{provider}要求稍候。{money}</translation>
    </message>
    <message>
        <source>{provider} cannot stop a task, ask again later to fetch the image</source>
        <translation>{provider}无法停止任务，稍后可再次查询以取回图片</translation>
    </message>
    <message>
        <source>{provider} could not finish the request. {money}</source>
        <translation>{provider}未能完成请求。{money}</translation>
    </message>
    <message>
        <source>{provider} did not answer the wish to cancel, ask again later to fetch the image</source>
        <translation>{provider}未答复取消请求，稍后可再次查询以取回图片</translation>
    </message>
    <message>
        <source>{provider} does not accept {parameter}. {money}</source>
        <translation>{provider}不接受{parameter}。{money}</translation>
    </message>
    <message>
        <source>{provider} does not know {model}. {money}</source>
        <translation>{provider}没有{model}这个模型。{money}</translation>
    </message>
    <message>
        <source>{provider} does not serve this country or region. {money}</source>
        <translation>{provider}不在此国家或地区提供服务。{money}</translation>
    </message>
    <message>
        <source>{provider} gave the task up. {money}</source>
        <translation>{provider}放弃了任务。{money}</translation>
    </message>
    <message>
        <source>{provider} had not finished after {duration}. {money}</source>
        <translation>{provider}在 {duration} 后仍未完成。{money}</translation>
    </message>
    <message>
        <source>{provider} has no credit left. {money}</source>
        <translation>{provider}账户已无余额。{money}</translation>
    </message>
    <message>
        <source>{provider} is not a provider of this studio</source>
        <translation>{provider}不是本程序的服务商</translation>
    </message>
    <message>
        <source>{provider} is overloaded. {money}</source>
        <translation>{provider}过载。{money}</translation>
    </message>
    <message>
        <source>{provider} made it, but its filter blocked it. {money}</source>
        <translation>{provider}已生成但未放行。{money}</translation>
    </message>
    <message>
        <source>{provider} needs a key. {money}</source>
        <translation>{provider}需要密钥。{money}</translation>
    </message>
    <message>
        <source>{provider} no longer knows this task. {money}</source>
        <translation>{provider}已不认得此任务。{money}</translation>
    </message>
    <message>
        <source>{provider} refuses this key for {region}. {money}</source>
        <translation>{provider}在{region}区域不接受此密钥。{money}</translation>
    </message>
    <message>
        <source>{provider} refuses this key. {money}</source>
        <translation>{provider}不接受此密钥。{money}</translation>
    </message>
    <message>
        <source>{provider} rewrote the prompt before drawing</source>
        <translation>{provider}在绘制前改写了提示词</translation>
    </message>
    <message>
        <source>{provider} says that a spending or usage limit is reached. {money}</source>
        <translation>{provider}表示已达到消费或用量上限。{money}</translation>
    </message>
    <message>
        <source>{provider} stopped the prompt. {money}</source>
        <translation>{provider}拒绝了该提示词。{money}</translation>
    </message>
    <message>
        <source>{provider} wants the organization verified for this model. {money}</source>
        <translation>{provider}要求先验证组织才能使用此模型。{money}</translation>
    </message>
    <message>
        <source>{reason}. {money}</source>
        <translation>{reason}。{money}</translation>
    </message>
    <message>
        <source>{setting}: {reason}. {money}</source>
        <translation>{setting}：{reason}。{money}</translation>
    </message>
    <message>
        <source>{used} is experimental on {model}</source>
        <translation>{used} 在{model}上为实验性</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>Export %n image(s)</source>
        <translation>
            <numerusform>导出 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>{room} free, {needed} needed</source>
        <translation>可用空间 {room}，需要 {needed}</translation>
    </message>
    <message>
        <source>changed since it was received</source>
        <translation>接收后已被改动</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>选择一个文件夹。</translation>
    </message>
    <message numerus="yes">
        <source>%n changed since received</source>
        <translation>
            <numerusform>%n 个接收后已被改动</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total} exported</source>
        <translation>已导出 {done} / {total}</translation>
    </message>
    <message>
        <source>{room} free</source>
        <translation>剩余 {room}</translation>
    </message>
    <message>
        <source>There is nothing to write.</source>
        <translation>没有可写入的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>{files} and {sidecars} sidecars</source>
        <translation>{files}和 {sidecars} 个附属文件</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>约 {size}</translation>
    </message>
    <message>
        <source>Preset: {name}</source>
        <translation>预设：{name}</translation>
    </message>
    <message>
        <source>Save as preset...</source>
        <translation>存为预设…</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>存为预设</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>{done} of {total}, {name}</source>
        <translation>{done} / {total}，{name}</translation>
    </message>
    <message numerus="yes">
        <source>%n exported</source>
        <translation>
            <numerusform>已导出 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n renamed</source>
        <translation>
            <numerusform>改名 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>跳过 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>失败 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ExportOptionsForm</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Include</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>If it exists</source>
        <translation>如已存在</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Own folder for each run</source>
        <translation>每个批次单独建文件夹</translation>
    </message>
    <message>
        <source>Parts in braces, such as {date}, become words.</source>
        <translation>花括号中的部分（如 {date}）会替换成相应文字。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Prompt and settings inside the file (XMP)</source>
        <translation>文件内写入提示词和设置 (XMP)</translation>
    </message>
    <message>
        <source>Sidecar file next to each image (.json)</source>
        <translation>每张图片旁的附属文件 (.json)</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>小样页</translation>
    </message>
    <message>
        <source>Kind of contact sheet</source>
        <translation>小样页类型</translation>
    </message>
    <message>
        <source>Images across</source>
        <translation>每行张数</translation>
    </message>
    <message>
        <source>API keys are never written into exports.</source>
        <translation>导出内容绝不包含 API 密钥。</translation>
    </message>
    <message>
        <source>Add a number</source>
        <translation>添加编号</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Add {token} to the file name</source>
        <translation>把{token}加入文件名</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>原尺寸</translation>
    </message>
    <message>
        <source>At most {edge} px</source>
        <translation>最长边 {edge} px</translation>
    </message>
    <message>
        <source>PDF, A4</source>
        <translation>PDF，A4</translation>
    </message>
    <message>
        <source>PNG, A4</source>
        <translation>PNG，A4</translation>
    </message>
    <message>
        <source>{count} across</source>
        <translation>每行 {count} 张</translation>
    </message>
    <message>
        <source>JPEG, WebP and AVIF only</source>
        <translation>仅 JPEG、WebP 和 AVIF</translation>
    </message>
    <message>
        <source>Originals are copied as they came.</source>
        <translation>原图按收到的样子复制。</translation>
    </message>
    <message>
        <source>Folder for the copies</source>
        <translation>副本文件夹</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>$0.00, from the library</source>
        <translation>$0.00，来自图库</translation>
    </message>
    <message>
        <source>{amount} billed</source>
        <translation>扣费 {amount}</translation>
    </message>
    <message>
        <source>≈ {amount}, not confirmed</source>
        <translation>≈ {amount}，未确认</translation>
    </message>
    <message>
        <source>no price known</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>untagged, shown as sRGB</source>
        <translation>无色彩标记，按 sRGB 显示</translation>
    </message>
    <message>
        <source>transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>with provenance (C2PA)</source>
        <translation>含来源信息 (C2PA)</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>not reported</source>
        <translation>未提供</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>校验和</translation>
    </message>
    <message>
        <source>{took}, waited {waited}</source>
        <translation>{took}，排队 {waited}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>预估</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>计量</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>{cost}, for {count} images; {each} each</source>
        <translation>{cost}，共 {count} 张；每张 {each}</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>In the bin</source>
        <translation>已在回收站</translation>
    </message>
    <message>
        <source>Request sent to {host}</source>
        <translation>请求已发送至{host}</translation>
    </message>
    <message>
        <source>the provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Accepted, ticket received</source>
        <translation>已受理，收到任务编号</translation>
    </message>
    <message>
        <source>Images are safe on disk</source>
        <translation>图片已存盘</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>nothing was billed</source>
        <translation>未扣费</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
</context>
<context>
    <name>Fetching</name>
    <message>
        <source>Fetch it from its former address?</source>
        <translation>从原来的地址取回？</translation>
    </message>
    <message>
        <source>Fetch it there</source>
        <translation>在那里取回</translation>
    </message>
    <message>
        <source>It was sent to {address}. That is asked now, with your key for {provider}, free of charge.</source>
        <translation>它已发送到{address}。现在会带着您的{provider}密钥向那里查询，不收费。</translation>
    </message>
    <message>
        <source>In Preferences it is {address}.</source>
        <translation>偏好设置中的地址是{address}。</translation>
    </message>
</context>
<context>
    <name>FileListModel</name>
    <message>
        <source>the name exists, it gets a number</source>
        <translation>名称已存在，将加上编号</translation>
    </message>
    <message>
        <source>the file there is replaced</source>
        <translation>将替换已有文件</translation>
    </message>
    <message>
        <source>the name exists, it is skipped</source>
        <translation>名称已存在，将跳过</translation>
    </message>
    <message>
        <source>not exported</source>
        <translation>未导出</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>已导出</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>添加筛选</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Show what changed in the prompts</source>
        <translation>显示提示词的变动</translation>
    </message>
    <message>
        <source>Tile size</source>
        <translation>缩略图大小</translation>
    </message>
    <message>
        <source>Remove filter</source>
        <translation>移除筛选</translation>
    </message>
    <message>
        <source>{name}...</source>
        <translation>{name}…</translation>
    </message>
    <message>
        <source>Similar to a file...</source>
        <translation>与文件相似…</translation>
    </message>
    <message>
        <source>Similar to the copied picture</source>
        <translation>与复制的图片相似</translation>
    </message>
    <message>
        <source>Manage collections...</source>
        <translation>管理收藏集…</translation>
    </message>
    <message>
        <source>No picture has been copied.</source>
        <translation>尚未复制任何图片。</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Order: {name}</source>
        <translation>排序：{name}</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Other...</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>Not understood: {value}</source>
        <translation>无法理解：{value}</translation>
    </message>
    <message>
        <source>Find by colour</source>
        <translation>按颜色查找</translation>
    </message>
    <message>
        <source>Colour as a number</source>
        <translation>颜色数值</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name}（{count}）</translation>
    </message>
    <message>
        <source>No collection yet</source>
        <translation>还没有收藏集</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>组合实验</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>收藏集</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已淘汰</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>相似</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Words of prompts, notes, tags</source>
        <translation>提示词、备注、标签中的文字</translation>
    </message>
    <message>
        <source>48 or 40-48</source>
        <translation>48 或 40-48</translation>
    </message>
    <message>
        <source>2026-11-20 or 2026-11-01..2026-11-20</source>
        <translation>2026-11-20 或 2026-11-01..2026-11-20</translation>
    </message>
    <message>
        <source>autumn, hero</source>
        <translation>秋季, 主视觉</translation>
    </message>
    <message>
        <source>Words of your notes</source>
        <translation>备注中的文字</translation>
    </message>
    <message>
        <source>Moodboard, Client A</source>
        <translation>情绪板, 客户甲</translation>
    </message>
    <message>
        <source>1024x1536</source>
        <translation>1024x1536</translation>
    </message>
    <message>
        <source>4:5</source>
        <translation>4:5</translation>
    </message>
    <message>
        <source>48213</source>
        <translation>48213</translation>
    </message>
    <message>
        <source>&lt;0.05, &gt;0.1 or 0.02-0.05, in US dollars</source>
        <translation>&lt;0.05、&gt;0.1 或 0.02-0.05，单位美元</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cached</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>File missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>In the bin</source>
        <translation>在回收站中</translation>
    </message>
    <message>
        <source>May have been billed</source>
        <translation>可能已扣费</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Similar to one image</source>
        <translation>与一张图片相似</translation>
    </message>
    <message>
        <source>copied picture</source>
        <translation>复制的图片</translation>
    </message>
    <message>
        <source>one of {count}</source>
        <translation>{count} 种之一</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>since {first}</source>
        <translation>{first} 起</translation>
    </message>
    <message>
        <source>until {last}</source>
        <translation>截至 {last}</translation>
    </message>
    <message>
        <source>not rated</source>
        <translation>未评分</translation>
    </message>
    <message>
        <source>{stars} and up</source>
        <translation>{stars} 星及以上</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} 或 {other}</translation>
    </message>
</context>
<context>
    <name>FindActions</name>
    <message>
        <source>Find what is like this picture</source>
        <translation>查找与此图片相似的图片</translation>
    </message>
    <message>
        <source>Images (*.png *.jpg *.jpeg *.webp *.gif *.avif *.tif *.tiff *.bmp)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.gif *.avif *.tif *.tiff *.bmp)</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Misty lake at dawn</source>
        <translation>晨雾湖面</translation>
    </message>
    <message>
        <source>Modernist tiles</source>
        <translation>现代主义拼砖</translation>
    </message>
    <message>
        <source>Paper-cut portrait</source>
        <translation>剪纸肖像</translation>
    </message>
    <message>
        <source>Vase and pears</source>
        <translation>花瓶与梨</translation>
    </message>
    <message>
        <source>Courtyard at noon</source>
        <translation>正午庭院</translation>
    </message>
    <message>
        <source>Lighthouse at night</source>
        <translation>夜晚灯塔</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Press Generate. No account needed.</source>
        <translation>点击“生成”即可，无需账户。</translation>
    </message>
    <message>
        <source>The Demo provider paints its own simple pictures on this computer: no key, no cost, no network. Everything else works exactly as with the paid providers, so you can try it all first.</source>
        <translation>“演示”在本机绘制简单的图片：无需密钥、不花钱、不联网。其余一切与付费服务商相同，可以先全部试用。</translation>
    </message>
    <message>
        <source>Add a provider key...</source>
        <translation>添加服务商密钥…</translation>
    </message>
    <message>
        <source>Short guide</source>
        <translation>简明指南</translation>
    </message>
    <message>
        <source>Or start from one of these</source>
        <translation>或从以下示例开始</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>换一批</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Both can be changed later in Preferences.</source>
        <translation>以后都可在设置中更改。</translation>
    </message>
    <message numerus="yes">
        <source>1 prompt, %n image(s)</source>
        <translation>
            <numerusform>1 条提示词，%n 张</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>批次</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 个批次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %n image(s)</source>
        <translation>
            <numerusform>%n 张图片中的 {count} 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %n run(s)</source>
        <translation>
            <numerusform>%n 个批次中的 {count} 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridArrangement</name>
    <message numerus="yes">
        <source>%n stack(s) of {images} images</source>
        <translation>
            <numerusform>%n 个堆叠，共 {images} 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stack opened, %n image(s)</source>
        <translation>
            <numerusform>堆叠已展开，%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for near-duplicates, {done} of {total}</source>
        <translation>正在查找近似图片，{done} / {total}</translation>
    </message>
    <message>
        <source>no near-duplicates</source>
        <translation>没有近似图片</translation>
    </message>
    <message>
        <source>{group}, folded</source>
        <translation>{group}，已折叠</translation>
    </message>
    <message>
        <source>{group}, shown</source>
        <translation>{group}，已展开</translation>
    </message>
    <message>
        <source>Reject all of the stack but this</source>
        <translation>淘汰堆叠中的其他图片</translation>
    </message>
    <message>
        <source>Fold all groups</source>
        <translation>折叠所有分组</translation>
    </message>
    <message>
        <source>Show all groups</source>
        <translation>展开所有分组</translation>
    </message>
    <message>
        <source>Show group</source>
        <translation>展开分组</translation>
    </message>
    <message>
        <source>Take group out of the selection</source>
        <translation>取消选择分组</translation>
    </message>
    <message>
        <source>Stack closed</source>
        <translation>堆叠已收起</translation>
    </message>
    <message>
        <source>Close stack</source>
        <translation>收起堆叠</translation>
    </message>
    <message>
        <source>Open stack</source>
        <translation>展开堆叠</translation>
    </message>
    <message>
        <source>Select whole stack</source>
        <translation>选择整个堆叠</translation>
    </message>
    <message>
        <source>Fold group</source>
        <translation>折叠分组</translation>
    </message>
    <message>
        <source>Select group</source>
        <translation>选择分组</translation>
    </message>
</context>
<context>
    <name>GridOptions</name>
    <message>
        <source>Stack near-duplicates</source>
        <translation>堆叠近似图片</translation>
    </message>
    <message>
        <source>Groups and stacks</source>
        <translation>分组与堆叠</translation>
    </message>
    <message>
        <source>The images are not in groups.</source>
        <translation>图片未分组。</translation>
    </message>
    <message>
        <source>Fold all groups</source>
        <translation>折叠所有分组</translation>
    </message>
    <message>
        <source>Show all groups</source>
        <translation>展开所有分组</translation>
    </message>
    <message>
        <source>near-duplicates stacked</source>
        <translation>近似图片已堆叠</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>by {name}</source>
        <translation>按{name}</translation>
    </message>
    <message>
        <source>Group by: {name}</source>
        <translation>分组方式：{name}</translation>
    </message>
</context>
<context>
    <name>GroupWords</name>
    <message numerus="yes">
        <source>{shown} of %n image(s) shown</source>
        <translation>
            <numerusform>显示 {shown} / %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Run {number}</source>
        <translation>批次 {number}</translation>
    </message>
    <message>
        <source>{group}, folded</source>
        <translation>{group}，已折叠</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Open {host} in the browser?</source>
        <translation>在浏览器中打开 {host}？</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>打开页面</translation>
    </message>
</context>
<context>
    <name>ImageActions</name>
    <message>
        <source>Not rated</source>
        <translation>未评分</translation>
    </message>
    <message>
        <source>The settings of this image are not known.</source>
        <translation>此图片的设置未知。</translation>
    </message>
    <message>
        <source>Rated {stars} of 5</source>
        <translation>评分 {stars}，满分 5</translation>
    </message>
    <message>
        <source>Settings of an image of run {number}</source>
        <translation>批次 {number} 中一张图片的设置</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) copied.</source>
        <translation>
            <numerusform>已复制 %n 张图片。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImageDrag</name>
    <message>
        <source>{count} of {total} images are dragged. Export takes them all.</source>
        <translation>只拖出 {total} 张中的 {count} 张，导出可取全部。</translation>
    </message>
</context>
<context>
    <name>ImageTrouble</name>
    <message>
        <source>This file cannot be read here, and there is no preview of it</source>
        <translation>此处无法读取该文件，且没有预览图</translation>
    </message>
    <message>
        <source>The file was moved; this is its preview</source>
        <translation>文件已移动；这是它的预览图</translation>
    </message>
    <message>
        <source>This file cannot be read here; this is its preview</source>
        <translation>此处无法读取该文件；这是它的预览图</translation>
    </message>
    <message>
        <source>This image is too large to be shown with all its pixels</source>
        <translation>这张图片太大，无法显示全部像素</translation>
    </message>
    <message>
        <source>The file was moved, and there is no preview of it</source>
        <translation>文件已移动，且没有预览图</translation>
    </message>
</context>
<context>
    <name>JoinedFacts</name>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys of one letter or digit act only while the images or the light table have the focus. They can be switched off in Preferences &gt; Shortcuts, where the keys of the window can be changed.</source>
        <translation>单个字母或数字键仅在图片或灯台获得焦点时有效。可在“设置 &gt; 快捷键”中关闭；窗口的按键也可在那里修改。</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <source>Images in Runs and Grid</source>
        <translation>批次与网格中的图片</translation>
    </message>
    <message>
        <source>Groups and stacks in Grid</source>
        <translation>网格中的分组与堆叠</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Blind vote</source>
        <translation>盲评</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>编辑区</translation>
    </message>
    <message>
        <source>Lists, tables and filters</source>
        <translation>列表、表格与筛选</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>To the next or previous control, as they lie on the screen</source>
        <translation>按屏幕上的顺序移到下一个或上一个控件</translation>
    </message>
    <message>
        <source>Move; with Shift select all up to there</source>
        <translation>移动；按住 Shift 选中到该处为止的图片</translation>
    </message>
    <message>
        <source>Move without selecting; choose one more, or not</source>
        <translation>只移动、不选择；加选或取消一张</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Large preview; on a tile without image, its button</source>
        <translation>大图预览；没有图片的格子则按下其按钮</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Reject, or take it back</source>
        <translation>淘汰，或取消淘汰</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Add to a collection</source>
        <translation>加入收藏集</translation>
    </message>
    <message>
        <source>Load the settings into the composer</source>
        <translation>将设置载入编辑区</translation>
    </message>
    <message>
        <source>Look at the settings without losing one&apos;s own</source>
        <translation>查看设置，不影响自己的设置</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考图</translation>
    </message>
    <message>
        <source>Compare the selected images</source>
        <translation>对比所选图片</translation>
    </message>
    <message>
        <source>Copy the images</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation>复制提示词</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>移入回收站</translation>
    </message>
    <message>
        <source>Larger or smaller tiles</source>
        <translation>放大或缩小格子</translation>
    </message>
    <message>
        <source>All that can be done with the image, its run, its stack and its group</source>
        <translation>对图片及其批次、堆叠、分组可做的一切操作</translation>
    </message>
    <message>
        <source>Fold the group, or show it</source>
        <translation>折叠或展开分组</translation>
    </message>
    <message>
        <source>Previous or next group</source>
        <translation>上一个或下一个分组</translation>
    </message>
    <message>
        <source>Select the whole group</source>
        <translation>选中整个分组</translation>
    </message>
    <message>
        <source>Open or close a stack of near-duplicates</source>
        <translation>展开或收起近似图片的堆叠</translation>
    </message>
    <message>
        <source>Side by side, wipe, overlay, difference, blink</source>
        <translation>并排、划动、叠加、差异、闪切</translation>
    </message>
    <message>
        <source>Pan; in a wipe move the line. Shift takes longer steps</source>
        <translation>平移；划动时移动分界线。按住 Shift 步幅更大</translation>
    </message>
    <message>
        <source>Choose the next or previous image: zoom, pan and Alt act on it</source>
        <translation>选择下一张或上一张图片：缩放、平移和 Alt 作用于它</translation>
    </message>
    <message>
        <source>Move B, or the chosen image, against the others</source>
        <translation>相对其他图片移动 B 或所选图片</translation>
    </message>
    <message>
        <source>The whole image, or one pixel on one pixel</source>
        <translation>显示全图，或一比一像素</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Loupe; with Ctrl the arrows move it</source>
        <translation>放大镜；按住 Ctrl 用方向键移动</translation>
    </message>
    <message>
        <source>Grey, mirrored</source>
        <translation>灰度、镜像</translation>
    </message>
    <message>
        <source>Wipe across or from top to bottom</source>
        <translation>左右或上下划动</translation>
    </message>
    <message>
        <source>Exchange A and B</source>
        <translation>交换 A 与 B</translation>
    </message>
    <message>
        <source>Names on the images</source>
        <translation>在图片上显示名称</translation>
    </message>
    <message>
        <source>A only, while it is held</source>
        <translation>按住时只看 A</translation>
    </message>
    <message>
        <source>Begin or end the blind vote</source>
        <translation>开始或结束盲评</translation>
    </message>
    <message>
        <source>In the row of images: use as B, as A, take off the table</source>
        <translation>在图片条中：用作 B、用作 A、从灯台移除</translation>
    </message>
    <message>
        <source>A is better, equal, B is better, neither</source>
        <translation>A 更好、相当、B 更好、都不好</translation>
    </message>
    <message>
        <source>Skip the pair</source>
        <translation>跳过这一对</translation>
    </message>
    <message>
        <source>Take the last vote back</source>
        <translation>撤回上一票</translation>
    </message>
    <message>
        <source>In the prompt: earlier and later prompts</source>
        <translation>在提示词中：更早或更晚的提示词</translation>
    </message>
    <message>
        <source>Undo and redo texts and settings</source>
        <translation>撤销与重做文字和设置</translation>
    </message>
    <message>
        <source>Among the reference images: reorder, remove</source>
        <translation>在参考图中：调整顺序、移除</translation>
    </message>
    <message>
        <source>On a filter: change it, remove it</source>
        <translation>在筛选条件上：修改、移除</translation>
    </message>
    <message>
        <source>In the search: to the images found; empty it, then leave it</source>
        <translation>在搜索框中：转到找到的图片；先清空，再离开</translation>
    </message>
    <message>
        <source>In the empty search: mark the last filter, then remove it</source>
        <translation>在空的搜索框中：标记最后一个筛选条件，再按一次移除</translation>
    </message>
    <message>
        <source>In the facts: the next value, copy it</source>
        <translation>在图片信息中：下一项、复制</translation>
    </message>
    <message>
        <source>In the queue: earlier, later, cancel</source>
        <translation>在队列中：提前、推后、取消</translation>
    </message>
    <message>
        <source>In the matrix of a sweep: leave a cell out, open its image</source>
        <translation>在组合实验矩阵中：排除一格、打开其图片</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Language and behaviour</source>
        <translation>语言与行为</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>When one fails</source>
        <translation>失败时</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不处理</translation>
    </message>
    <message>
        <source>Offer another</source>
        <translation>提供备选</translation>
    </message>
    <message>
        <source>Take another</source>
        <translation>直接换用</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>In the order {order}</source>
        <translation>按此顺序：{order}</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Tell when a run ends in the background</source>
        <translation>批次在后台结束时通知</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Answer a repeated request with a fixed seed from the library, free of charge</source>
        <translation>种子固定的重复请求直接从图库免费作答</translation>
    </message>
</context>
<context>
    <name>LargeEditor</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>LargeView</name>
    <message>
        <source>Large preview</source>
        <translation>大图预览</translation>
    </message>
    <message>
        <source>Large preview: {prompt}</source>
        <translation>大图预览：{prompt}</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message numerus="yes">
        <source>%n image(s) may be billed and will not come: {providers}.</source>
        <translation>
            <numerusform>%n 张图片可能会扣费，且无法取回：{providers}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) that wait will not be sent.</source>
        <translation>
            <numerusform>排队中的 %n 张图片不会发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>Close while images are being made?</source>
        <translation>图片仍在生成，要关闭吗？</translation>
    </message>
    <message>
        <source>If this question is left open, it closes when they have come.</source>
        <translation>保留此提示不作选择，图片到齐后会自动关闭。</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>仍然关闭</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
</context>
<context>
    <name>LibraryUndo</name>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>LibraryWords</name>
    <message numerus="yes">
        <source>%n image(s) rated.</source>
        <translation>
            <numerusform>已为 %n 张图片评分。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) rejected.</source>
        <translation>
            <numerusform>已淘汰 %n 张图片。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rejection of %n image(s) taken back.</source>
        <translation>
            <numerusform>已取消淘汰 %n 张图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>Note changed.</source>
        <translation>备注已更改。</translation>
    </message>
    <message numerus="yes">
        <source>Tags of %n image(s) changed.</source>
        <translation>
            <numerusform>已更改 %n 张图片的标签。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) marked.</source>
        <translation>
            <numerusform>已标记 %n 张图片。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) moved to the bin.</source>
        <translation>
            <numerusform>%n 张图片已移入回收站。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) brought back.</source>
        <translation>
            <numerusform>已恢复 %n 张图片。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) added to {name}.</source>
        <translation>
            <numerusform>已将 %n 张图片加入{name}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) taken out of {name}.</source>
        <translation>
            <numerusform>已将 %n 张图片移出{name}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Collection {name} made.</source>
        <translation>已新建收藏集{name}。</translation>
    </message>
    <message>
        <source>{name} is called {new_name} now.</source>
        <translation>{name}现已改名为{new_name}。</translation>
    </message>
    <message>
        <source>Collection {name} removed. Its images stay.</source>
        <translation>已删除收藏集{name}，其中的图片仍保留。</translation>
    </message>
    <message>
        <source>Done again: {what}</source>
        <translation>已重做：{what}</translation>
    </message>
    <message>
        <source>It was done on {day} at {time}.</source>
        <translation>该操作于 {day} {time} 完成。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were changed since and stay as they are.</source>
        <translation>
            <numerusform>%n 张图片之后又有改动，保持原样。</numerusform>
        </translation>
    </message>
    <message>
        <source>The collection was changed since and stays as it is.</source>
        <translation>该收藏集之后又有改动，保持原样。</translation>
    </message>
    <message>
        <source>Another collection has its name now.</source>
        <translation>现在另有同名的收藏集。</translation>
    </message>
    <message>
        <source>The collection is no longer there.</source>
        <translation>该收藏集已不存在。</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>已撤销：{what}</translation>
    </message>
    <message>
        <source>There was nothing left to change.</source>
        <translation>已没有可更改的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are no longer there.</source>
        <translation>
            <numerusform>%n 张图片已不存在。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not done again: {what}</source>
        <translation>未能重做：{what}</translation>
    </message>
    <message>
        <source>Not undone: {what}</source>
        <translation>未能撤销：{what}</translation>
    </message>
</context>
<context>
    <name>LightTable</name>
    <message>
        <source>Light table</source>
        <translation>灯台</translation>
    </message>
</context>
<context>
    <name>ListedValues</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>ListsDialog</name>
    <message>
        <source>Lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>New list</source>
        <translation>新建列表</translation>
    </message>
    <message>
        <source>Name of the list</source>
        <translation>列表名称</translation>
    </message>
    <message>
        <source>One value a line. 3::value comes three times as often in a random sample.</source>
        <translation>每行一个值。在随机抽样中，3::值 的出现次数为三倍。</translation>
    </message>
    <message>
        <source>Values, one a line</source>
        <translation>值，每行一个</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Remove list</source>
        <translation>移除列表</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Write a name</source>
        <translation>请填写名称</translation>
    </message>
    <message>
        <source>Write a value</source>
        <translation>请填写值</translation>
    </message>
    <message>
        <source>Something broke in Prompt Studio. Your lists are as they were.</source>
        <translation>Prompt Studio 出了问题。列表保持原样。</translation>
    </message>
    <message>
        <source>There is a list of this name already.</source>
        <translation>已有同名列表。</translation>
    </message>
    <message>
        <source>The folder cannot be made: {reason}</source>
        <translation>无法创建文件夹：{reason}</translation>
    </message>
    <message>
        <source>A weight is a number above 0, such as 3::red.</source>
        <translation>权重须为大于 0 的数字，例如 3::red。</translation>
    </message>
    <message>
        <source>This name cannot be used for a list.</source>
        <translation>此名称不能用作列表名。</translation>
    </message>
    <message>
        <source>Files that cannot be used as they are: {names}</source>
        <translation>无法直接使用的文件：{names}</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>Export...</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Show workspace in folder</source>
        <translation>在文件夹中显示工作区</translation>
    </message>
    <message>
        <source>Another workspace...</source>
        <translation>其他工作区…</translation>
    </message>
    <message>
        <source>Undo a change of the library</source>
        <translation>撤销图库更改</translation>
    </message>
    <message>
        <source>Redo a change of the library</source>
        <translation>重做图库更改</translation>
    </message>
    <message>
        <source>Sweeps...</source>
        <translation>组合实验…</translation>
    </message>
    <message>
        <source>Lists of choices...</source>
        <translation>选项列表…</translation>
    </message>
    <message>
        <source>Collections...</source>
        <translation>收藏集…</translation>
    </message>
    <message>
        <source>Similar to a file...</source>
        <translation>与文件相似…</translation>
    </message>
    <message>
        <source>Bin...</source>
        <translation>回收站…</translation>
    </message>
    <message>
        <source>Cancel the newest run</source>
        <translation>取消最新批次</translation>
    </message>
    <message>
        <source>Cancel everything</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Queue...</source>
        <translation>队列…</translation>
    </message>
    <message>
        <source>Undo in the composer</source>
        <translation>撤销编辑</translation>
    </message>
    <message>
        <source>Redo in the composer</source>
        <translation>重做编辑</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Go on with the queue</source>
        <translation>继续队列</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>暂停队列</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>编辑区</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Preferences...</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Composer</source>
        <translation>编辑区</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>MarkedText</name>
    <message>
        <source>added {words}</source>
        <translation>新增 {words}</translation>
    </message>
    <message>
        <source>{words} gone</source>
        <translation>去掉 {words}</translation>
    </message>
</context>
<context>
    <name>MatrixPane</name>
    <message>
        <source>Swap rows and columns</source>
        <translation>交换行与列</translation>
    </message>
    <message>
        <source>Matrix of the sweep</source>
        <translation>组合实验矩阵</translation>
    </message>
</context>
<context>
    <name>MatrixSettings</name>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Stop after</source>
        <translation>停止条件</translation>
    </message>
    <message>
        <source>Leave out single cells</source>
        <translation>排除个别格</translation>
    </message>
    <message numerus="yes">
        <source>%n failure(s)</source>
        <translation>
            <numerusform>失败 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Row by row</source>
        <translation>逐行</translation>
    </message>
    <message>
        <source>Column by column</source>
        <translation>逐列</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>随机</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>ModeOptions</name>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Opacity of B</source>
        <translation>B 的不透明度</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>增益</translation>
    </message>
    <message>
        <source>Change every</source>
        <translation>切换间隔</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{count} ms</source>
        <translation>{count} 毫秒</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>Suggest for</source>
        <translation>按用途推荐</translation>
    </message>
    <message>
        <source>{ticked} of {total}</source>
        <translation>已选 {ticked} / {total}</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>{provider}, other models</source>
        <translation>{provider}，其他模型</translation>
    </message>
    <message>
        <source>Add key</source>
        <translation>添加密钥</translation>
    </message>
    <message>
        <source>Add key for {provider}</source>
        <translation>为{provider}添加密钥</translation>
    </message>
    <message>
        <source>Options of {model}</source>
        <translation>{model}的选项</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无定价</translation>
    </message>
    <message>
        <source>{model}, ends {date}</source>
        <translation>{model}，{date} 停用</translation>
    </message>
    <message>
        <source>{model}, ended</source>
        <translation>{model}，已停用</translation>
    </message>
    <message>
        <source>This model has ended.</source>
        <translation>此模型已停用。</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表移除</translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Models in the picker</source>
        <translation>选择器中的模型</translation>
    </message>
    <message>
        <source>Prices of {date}</source>
        <translation>{date} 的价格</translation>
    </message>
    <message>
        <source>Add model by name</source>
        <translation>按名称添加模型</translation>
    </message>
    <message>
        <source>ended {date}</source>
        <translation>已于 {date} 停用</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 张</translation>
    </message>
    <message>
        <source>text only</source>
        <translation>仅文字</translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n 张参考图</numerusform>
        </translation>
    </message>
    <message>
        <source>1–{count} images</source>
        <translation>1–{count} 张</translation>
    </message>
    <message>
        <source>ends {date}</source>
        <translation>将于 {date} 停用</translation>
    </message>
    <message>
        <source>not verified</source>
        <translation>未核实</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>by use</source>
        <translation>按用量</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无定价</translation>
    </message>
    <message>
        <source>Model string</source>
        <translation>模型标识</translation>
    </message>
    <message>
        <source>It is treated like {model} and marked as not verified.</source>
        <translation>按{model}处理，并标为未核实。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>Narrator</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 张</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticesButton</name>
    <message numerus="yes">
        <source>%n setting(s) will differ</source>
        <translation>
            <numerusform>%n 项设置会有出入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n combination(s)</source>
        <translation>
            <numerusform>%n 种组合</numerusform>
        </translation>
    </message>
    <message>
        <source>What will differ</source>
        <translation>哪些会有出入</translation>
    </message>
</context>
<context>
    <name>NotificationCentre</name>
    <message numerus="yes">
        <source>%n image(s) wait in memory.</source>
        <translation>
            <numerusform>%n 张图片暂存内存。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) may have been billed.</source>
        <translation>
            <numerusform>%n 张图片可能已扣费。</numerusform>
        </translation>
    </message>
    <message>
        <source>It counts towards today&apos;s spending until you decide.</source>
        <translation>在您决定之前，计入今日支出。</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Your images are safe.</source>
        <translation>图片不受影响。</translation>
    </message>
    <message>
        <source>A model</source>
        <translation>某个模型</translation>
    </message>
    <message>
        <source>Something broke in Prompt Studio.</source>
        <translation>Prompt Studio 出了问题。</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message numerus="yes">
        <source>, %n need(s) attention</source>
        <translation>
            <numerusform>，%n 个需要处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>换用</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Run {number} done</source>
        <translation>批次 {number} 已完成</translation>
    </message>
    <message>
        <source>{done} of {total} models done</source>
        <translation>已完成 {done} / {total} 个模型</translation>
    </message>
    <message>
        <source>{target}: {what}</source>
        <translation>{target}：{what}</translation>
    </message>
    <message>
        <source>{target} could make it instead.</source>
        <translation>可以改用 {target} 生成。</translation>
    </message>
    <message>
        <source>Nothing happened yet today.</source>
        <translation>今天还没有通知。</translation>
    </message>
</context>
<context>
    <name>Ordinal</name>
    <message>
        <source>{number}st</source>
        <translation>{number}</translation>
    </message>
    <message>
        <source>{number}nd</source>
        <translation>{number}</translation>
    </message>
    <message>
        <source>{number}rd</source>
        <translation>{number}</translation>
    </message>
    <message>
        <source>{number}th</source>
        <translation>{number}</translation>
    </message>
</context>
<context>
    <name>OutOfSight</name>
    <message>
        <source>Not while you vote blind: it would show models and prices.</source>
        <translation>盲评期间不行：这会显示模型和价格。</translation>
    </message>
</context>
<context>
    <name>PickPopover</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>First only</source>
        <translation>仅第一个</translation>
    </message>
    <message>
        <source>Search in the list</source>
        <translation>在列表中搜索</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Changes are saved at once.</source>
        <translation>更改即时保存。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深灰</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中灰</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅灰</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>{title}. {text}</source>
        <translation>{title}。{text}</translation>
    </message>
    <message>
        <source>The provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>this model</source>
        <translation>此模型</translation>
    </message>
    <message>
        <source>a setting</source>
        <translation>某项设置</translation>
    </message>
    <message>
        <source>its region</source>
        <translation>其所在</translation>
    </message>
</context>
<context>
    <name>PromptBox</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Describe the picture</source>
        <translation>描述画面</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>反向</translation>
    </message>
</context>
<context>
    <name>PromptChoices</name>
    <message>
        <source>A brace is not closed. It is sent as it stands; to vary words write {red|blue}.</source>
        <translation>有一个花括号没有闭合，将按原样发送；要变化词语，请写成 {red|blue}。</translation>
    </message>
</context>
<context>
    <name>PromptHead</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Snippets</source>
        <translation>短语</translation>
    </message>
    <message>
        <source>Earlier prompts</source>
        <translation>以前的提示词</translation>
    </message>
    <message>
        <source>Large editor</source>
        <translation>大编辑器</translation>
    </message>
    <message>
        <source>Sweep...</source>
        <translation>组合实验…</translation>
    </message>
    <message>
        <source>Vary words, models, seeds and settings</source>
        <translation>变换词语、模型、种子和设置</translation>
    </message>
    <message>
        <source>an example</source>
        <translation>示例</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n 字</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} characters, {model} takes {limit}</source>
        <translation>{count} 字，{model}最多 {limit} 字</translation>
    </message>
</context>
<context>
    <name>PromptHistory</name>
    <message>
        <source>Forget this prompt</source>
        <translation>忘记这条提示词</translation>
    </message>
    <message>
        <source>Forget this prompt; its runs and images stay</source>
        <translation>忘记这条提示词；它的批次和图片会保留</translation>
    </message>
    <message>
        <source>No prompt has these words</source>
        <translation>没有提示词包含这些文字</translation>
    </message>
    <message>
        <source>This is what was being written</source>
        <translation>这是正在编写的内容</translation>
    </message>
    <message>
        <source>No earlier prompt</source>
        <translation>没有更早的提示词</translation>
    </message>
    <message>
        <source>No words</source>
        <translation>没有文字</translation>
    </message>
    <message>
        <source>Earlier prompts</source>
        <translation>以前的提示词</translation>
    </message>
    <message>
        <source>Search earlier prompts</source>
        <translation>搜索以前的提示词</translation>
    </message>
    <message>
        <source>{some} of {total} prompts</source>
        <translation>{some} / {total} 条提示词</translation>
    </message>
    <message>
        <source>No prompt yet</source>
        <translation>还没有提示词</translation>
    </message>
</context>
<context>
    <name>PromptSection</name>
    <message>
        <source>At most {limit} characters fit.</source>
        <translation>最多 {limit} 字。</translation>
    </message>
</context>
<context>
    <name>ProviderForm</name>
    <message>
        <source>Use this provider</source>
        <translation>使用此服务商</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>显示输入内容</translation>
    </message>
    <message>
        <source>Save key</source>
        <translation>保存密钥</translation>
    </message>
    <message>
        <source>For this session only</source>
        <translation>仅本次使用</translation>
    </message>
    <message>
        <source>Forget key</source>
        <translation>删除密钥</translation>
    </message>
    <message>
        <source>Get a key</source>
        <translation>获取密钥</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>同时</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>同时请求数</translation>
    </message>
    <message>
        <source>requests. Further ones wait in the queue.</source>
        <translation>个请求，其余排队等待。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>{why} Use the key for this session only, or set {variable}.</source>
        <translation>{why}可仅在本次使用密钥，或设置 {variable}。</translation>
    </message>
    <message>
        <source>Kept in the system keyring, sent only to the address below.</source>
        <translation>存于系统密钥环，只发送到下方地址。</translation>
    </message>
    <message>
        <source>Kept for this session only, sent only to the address below.</source>
        <translation>仅本次保留，只发送到下方地址。</translation>
    </message>
    <message>
        <source>Found in the environment ({words}), sent only to the address below.</source>
        <translation>来自环境变量 ({words})，只发送到下方地址。</translation>
    </message>
    <message>
        <source>Keys are kept in the system keyring, never in a file.</source>
        <translation>密钥存于系统密钥环，绝不写入文件。</translation>
    </message>
    <message>
        <source>The key works. Answered in {seconds} s, nothing was billed.</source>
        <translation>密钥可用，{seconds} 秒内应答，未扣费。</translation>
    </message>
    <message>
        <source>{field} must begin with https://</source>
        <translation>{field}必须以 https:// 开头</translation>
    </message>
</context>
<context>
    <name>ProviderKeys</name>
    <message>
        <source>It has not answered yet: look for a question about its password. Its keys are read as soon as it answers.</source>
        <translation>它还没有应答：请查看是否有询问其密码的窗口。一旦应答，即读取其中的密钥。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ProviderList</name>
    <message>
        <source>Providers</source>
        <translation>服务商</translation>
    </message>
</context>
<context>
    <name>ProvidersPage</name>
    <message>
        <source>Drag to set the column order in Runs.</source>
        <translation>拖动可设置批次中的列顺序。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>No key needed</source>
        <translation>无需密钥</translation>
    </message>
    <message>
        <source>Key refused</source>
        <translation>密钥被拒绝</translation>
    </message>
    <message>
        <source>Balance used up</source>
        <translation>余额不足</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Key missing</source>
        <translation>缺少密钥</translation>
    </message>
</context>
<context>
    <name>QueueActions</name>
    <message>
        <source>The queue goes on.</source>
        <translation>队列继续。</translation>
    </message>
    <message>
        <source>The queue is paused. What is under way goes on.</source>
        <translation>队列已暂停。正在进行的会继续。</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) paused. What is under way goes on.</source>
        <translation>
            <numerusform>已暂停 %n 个批次。正在进行的会继续。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>没有等待的任务。</translation>
    </message>
    <message>
        <source>Sooner</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Waiting jobs</source>
        <translation>等待的任务</translation>
    </message>
    <message>
        <source>Model name hidden</source>
        <translation>模型名称已隐藏</translation>
    </message>
    <message>
        <source>Go on with run {number}</source>
        <translation>继续批次 {number}</translation>
    </message>
    <message>
        <source>Pause run {number}</source>
        <translation>暂停批次 {number}</translation>
    </message>
    <message>
        <source>Its sweep is paused. Continue the sweep to go on with it.</source>
        <translation>它的组合实验已暂停。继续该组合实验即可继续。</translation>
    </message>
    <message>
        <source>It is the first one.</source>
        <translation>已经是第一个。</translation>
    </message>
    <message>
        <source>It is the last one.</source>
        <translation>已经是最后一个。</translation>
    </message>
    <message>
        <source>{count} running</source>
        <translation>{count} 个运行中</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 个等待中</translation>
    </message>
    <message>
        <source>Run {number}</source>
        <translation>批次 {number}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause everything</source>
        <translation>全部暂停</translation>
    </message>
    <message>
        <source>{some} of {count} waiting</source>
        <translation>{some} / {count} 个等待中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
</context>
<context>
    <name>Quotes</name>
    <message numerus="yes">
        <source>%n without a price</source>
        <translation>
            <numerusform>%n 个无定价</numerusform>
        </translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无定价</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>Tick the models in the composer first.</source>
        <translation>请先在左侧勾选模型。</translation>
    </message>
</context>
<context>
    <name>ReferenceReading</name>
    <message>
        <source>At most {most} reference images; {count} were left out.</source>
        <translation>最多 {most} 张参考图，略去 {count} 张。</translation>
    </message>
    <message>
        <source>There is no image to paste.</source>
        <translation>没有可粘贴的图片。</translation>
    </message>
    <message>
        <source>Add reference images</source>
        <translation>添加参考图</translation>
    </message>
    <message>
        <source>Images (*.png *.jpg *.jpeg *.webp *.gif *.avif *.tif *.tiff)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.gif *.avif *.tif *.tiff)</translation>
    </message>
    <message>
        <source>The image could not be read.</source>
        <translation>图片无法读取。</translation>
    </message>
</context>
<context>
    <name>ReferencesSection</name>
    <message>
        <source>Reference images</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Added: {names}</source>
        <translation>已添加：{names}</translation>
    </message>
    <message>
        <source>No reference image was added</source>
        <translation>没有添加参考图</translation>
    </message>
    <message>
        <source>Drop or paste</source>
        <translation>拖放或粘贴</translation>
    </message>
    <message>
        <source>Drop to add</source>
        <translation>松开以添加</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Add reference images</source>
        <translation>添加参考图</translation>
    </message>
    <message>
        <source>pasted image</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Reference {number}, {name}</source>
        <translation>参考图 {number}，{name}</translation>
    </message>
</context>
<context>
    <name>RepeatActions</name>
    <message>
        <source>What other cells lack comes in a run of its own, outside of the sweep.</source>
        <translation>其他格缺少的图片另开一个批次生成，不计入该组合实验。</translation>
    </message>
    <message>
        <source>Nothing was sent: decide first about what may have been billed.</source>
        <translation>未发送：请先处理可能已扣费的请求。</translation>
    </message>
    <message>
        <source>Nothing of this run is missing.</source>
        <translation>这个批次没有缺少的图片。</translation>
    </message>
    <message>
        <source>{provider} may have billed it already. Making it again is a new paid request ({price}).</source>
        <translation>{provider} 可能已为它扣费。再次生成会发送新的付费请求（{price}）。</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) of sweep {number} are made again.</source>
        <translation>
            <numerusform>正在重新生成组合实验 {number} 的 %n 格。</numerusform>
        </translation>
    </message>
    <message>
        <source>Sweep {number} has made this since, or makes it now. Nothing was sent.</source>
        <translation>组合实验 {number} 后来已生成此图片，或正在生成。未发送。</translation>
    </message>
    <message>
        <source>{provider} may have billed it already. Making it again is a new paid request.</source>
        <translation>{provider} 可能已为它扣费。再次生成会发送新的付费请求。</translation>
    </message>
    <message>
        <source>This image may have been billed</source>
        <translation>此图片可能已扣费</translation>
    </message>
    <message>
        <source>Generate again</source>
        <translation>重新生成</translation>
    </message>
</context>
<context>
    <name>RequestSection</name>
    <message>
        <source>Exact request</source>
        <translation>完整请求</translation>
    </message>
    <message>
        <source>Form of the request</source>
        <translation>请求的形式</translation>
    </message>
    <message>
        <source>Copy the request</source>
        <translation>复制请求</translation>
    </message>
    <message>
        <source>Reply, keys and image data left out</source>
        <translation>应答（略去密钥和图片数据）</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>应答</translation>
    </message>
</context>
<context>
    <name>RunActions</name>
    <message>
        <source>Try a simpler prompt?</source>
        <translation>试试更简单的提示词？</translation>
    </message>
    <message>
        <source>It is put into the composer, where you can read and change it before it is sent.</source>
        <translation>它会放入编辑区，发送前可查看和修改。</translation>
    </message>
    <message>
        <source>Simplify prompt</source>
        <translation>简化提示词</translation>
    </message>
    <message>
        <source>Tick the models in the composer first.</source>
        <translation>请先在左侧勾选模型。</translation>
    </message>
    <message>
        <source>Settings of run {number}</source>
        <translation>批次 {number} 的设置</translation>
    </message>
</context>
<context>
    <name>RunRow</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>{name}: {before} → {after}</source>
        <translation>{name}：{before} → {after}</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>another picture</source>
        <translation>另一张图</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>may have been billed</source>
        <translation>可能已扣费</translation>
    </message>
    <message>
        <source>maybe {amount}</source>
        <translation>可能另有 {amount}</translation>
    </message>
    <message>
        <source>Run {number}</source>
        <translation>批次 {number}</translation>
    </message>
    <message>
        <source>billed {billed}, maybe {maybe}</source>
        <translation>已扣 {billed}，可能 {maybe}</translation>
    </message>
    <message>
        <source>Sweep {number}</source>
        <translation>组合实验 {number}</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total} models done</source>
        <translation>已完成 {done} / {total} 个模型</translation>
    </message>
    <message numerus="yes">
        <source>, %n need(s) attention</source>
        <translation>
            <numerusform>，%n 个需处理</numerusform>
        </translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无定价</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
</context>
<context>
    <name>SampleRow</name>
    <message>
        <source>Make</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>What to make</source>
        <translation>生成哪些</translation>
    </message>
    <message>
        <source>Combinations in the sample</source>
        <translation>抽样中的组合数</translation>
    </message>
    <message>
        <source>Sample number</source>
        <translation>抽样编号</translation>
    </message>
    <message>
        <source>Another sample</source>
        <translation>换一个样本</translation>
    </message>
    <message>
        <source>All combinations</source>
        <translation>全部组合</translation>
    </message>
    <message>
        <source>Random sample</source>
        <translation>随机抽样</translation>
    </message>
</context>
<context>
    <name>SeedSection</name>
    <message>
        <source>Seeds go from 0 to {maximum}.</source>
        <translation>种子范围是 0 到 {maximum}。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Roll a seed and keep it</source>
        <translation>掷一个种子并锁定</translation>
    </message>
    <message>
        <source>Keep this seed for the next run</source>
        <translation>下一批次保留此种子</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Images per model</source>
        <translation>每个模型的张数</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Edit styles...</source>
        <translation>编辑风格…</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
</context>
<context>
    <name>SettingsPeek</name>
    <message numerus="yes">
        <source>%n setting(s) differ from yours.</source>
        <translation>
            <numerusform>有 %n 项与您的设置不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>The same as yours.</source>
        <translation>与您的设置相同。</translation>
    </message>
    <message>
        <source>Back to mine</source>
        <translation>回到我的设置</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>使用这些设置</translation>
    </message>
    <message>
        <source>Settings to look at</source>
        <translation>供查看的设置</translation>
    </message>
    <message>
        <source>the model chooses</source>
        <translation>由模型决定</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Reference images</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Yours are kept as they are.</source>
        <translation>您的设置保持不变。</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>SheetPreview</name>
    <message>
        <source>Contact sheet</source>
        <translation>小样页</translation>
    </message>
    <message>
        <source>Under each image:</source>
        <translation>每张图片下方：</translation>
    </message>
    <message>
        <source>model, seed, what changed</source>
        <translation>模型、种子、变动</translation>
    </message>
    <message>
        <source>First page of the contact sheet</source>
        <translation>小样页第 1 页</translation>
    </message>
    <message>
        <source>page {number} of {count}</source>
        <translation>第 {number} 页，共 {count} 页</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>{keys} is taken already.</source>
        <translation>{keys} 已被占用。</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Single keys</source>
        <translation>单键</translation>
    </message>
    <message>
        <source>While the gallery has the focus: 0 to 5 rate, X rejects, T tags, A adds to a collection, R loads settings, L looks at them, V varies, U uses as reference, C compares, B begins a blind vote, S and G open stacks and groups.</source>
        <translation>图库获得焦点时：0 到 5 评分，X 淘汰，T 标签，A 加入收藏集，R 载入设置，L 查看设置，V 变化，U 用作参考，C 对比，B 开始盲评，S 和 G 展开堆叠与分组。</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Cancel the newest run</source>
        <translation>取消最新批次</translation>
    </message>
    <message>
        <source>Cancel everything</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Next region</source>
        <translation>下一区域</translation>
    </message>
    <message>
        <source>Previous region</source>
        <translation>上一区域</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Insert a snippet</source>
        <translation>插入短语</translation>
    </message>
    <message>
        <source>Sweep builder</source>
        <translation>组合实验</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>编辑区</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Undo a change of the library</source>
        <translation>撤销图库更改</translation>
    </message>
    <message>
        <source>Redo a change of the library</source>
        <translation>重做图库更改</translation>
    </message>
    <message>
        <source>Close or clear the selection</source>
        <translation>关闭或清除选择</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Menu of what has the focus</source>
        <translation>焦点所在处的菜单</translation>
    </message>
    <message>
        <source>Groups and stacks</source>
        <translation>分组与堆叠</translation>
    </message>
    <message>
        <source>Earlier prompts</source>
        <translation>以前的提示词</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
</context>
<context>
    <name>SizeSection</name>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Aspect ratio</source>
        <translation>宽高比</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>宽度（像素）</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>高度（像素）</translation>
    </message>
    <message>
        <source>Keep the ratio</source>
        <translation>保持比例</translation>
    </message>
    <message>
        <source>Size preset</source>
        <translation>尺寸预设</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>正方形</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>竖版海报</translation>
    </message>
    <message>
        <source>Tall portrait</source>
        <translation>长竖版</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>横版</translation>
    </message>
    <message>
        <source>Wide landscape</source>
        <translation>宽横版</translation>
    </message>
    <message>
        <source>Full HD</source>
        <translation>全高清</translation>
    </message>
    <message>
        <source>Large square</source>
        <translation>大正方形</translation>
    </message>
    <message>
        <source>4K</source>
        <translation>4K</translation>
    </message>
    <message>
        <source>the model chooses</source>
        <translation>由模型决定</translation>
    </message>
</context>
<context>
    <name>Snippets</name>
    <message>
        <source>Snippets</source>
        <translation>短语</translation>
    </message>
    <message>
        <source>Save selection as snippet...</source>
        <translation>把所选文字存为短语…</translation>
    </message>
    <message>
        <source>Save selection</source>
        <translation>保存所选文字</translation>
    </message>
    <message>
        <source>Save prompt</source>
        <translation>保存提示词</translation>
    </message>
    <message>
        <source>Edit...</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>No snippet yet</source>
        <translation>还没有短语</translation>
    </message>
    <message>
        <source>Insert snippet...</source>
        <translation>插入短语…</translation>
    </message>
    <message>
        <source>Save as snippet...</source>
        <translation>存为短语…</translation>
    </message>
    <message>
        <source>Search snippets</source>
        <translation>搜索短语</translation>
    </message>
    <message>
        <source>Words to insert into any prompt. They are kept in this workspace.</source>
        <translation>可以插入任何提示词的文字，保存在此工作区中。</translation>
    </message>
    <message>
        <source>No snippet has these words</source>
        <translation>没有短语包含这些文字</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>New snippet</source>
        <translation>新短语</translation>
    </message>
    <message>
        <source>“{name}” was removed.</source>
        <translation>“{name}”已移除。</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>A style adds its words to each request. All workspaces offer the same styles.</source>
        <translation>风格会把它的文字加到每个请求中。所有工作区共用这些风格。</translation>
    </message>
    <message>
        <source>Search styles</source>
        <translation>搜索风格</translation>
    </message>
    <message>
        <source>Words that are sent</source>
        <translation>发送的文字</translation>
    </message>
    <message>
        <source>New style</source>
        <translation>新风格</translation>
    </message>
    <message>
        <source>{some} of {total} snippets</source>
        <translation>短语：{some} / {total}</translation>
    </message>
</context>
<context>
    <name>Spending</name>
    <message>
        <source>up to {price}</source>
        <translation>最多{price}</translation>
    </message>
</context>
<context>
    <name>SpinStepper</name>
    <message>
        <source>Less</source>
        <translation>减少</translation>
    </message>
    <message>
        <source>More</source>
        <translation>增加</translation>
    </message>
</context>
<context>
    <name>Standings</name>
    <message>
        <source>Name hidden</source>
        <translation>名称已隐藏</translation>
    </message>
    <message>
        <source>{amount} a win</source>
        <translation>每胜 {amount}</translation>
    </message>
    <message>
        <source>{place}. {name}, {rating} plus or minus {margin}, {wins} won, {losses} lost, {ties} tied</source>
        <translation>第 {place} 名，{name}，{rating} 加减 {margin}，胜 {wins}，负 {losses}，平 {ties}</translation>
    </message>
</context>
<context>
    <name>StarRating</name>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Rating, keys 0 to 5</source>
        <translation>评分，按键 0 到 5</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Progress of the newest run</source>
        <translation>最新批次的进度</translation>
    </message>
    <message>
        <source>Part of today&apos;s limit that is used</source>
        <translation>今日限额已用部分</translation>
    </message>
    <message>
        <source>Notifications, {count}</source>
        <translation>通知，{count} 条</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Nothing running</source>
        <translation>没有任务在运行</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>{count} running</source>
        <translation>{count} 个运行中</translation>
    </message>
    <message>
        <source>{count} queued</source>
        <translation>{count} 个排队</translation>
    </message>
    <message>
        <source>{count} waiting to retry</source>
        <translation>{count} 个等待重试</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>{words}. Open the queue</source>
        <translation>{words}。打开队列</translation>
    </message>
    <message>
        <source>Run {number}: {done} of {total} models</source>
        <translation>批次 {number}：已完成 {done} / {total} 个模型</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) paused</source>
        <translation>
            <numerusform>已暂停 %n 个批次</numerusform>
        </translation>
    </message>
    <message>
        <source>Today {spent} of {limit}</source>
        <translation>今日 {spent} / {limit}</translation>
    </message>
    <message>
        <source>Today {spent}</source>
        <translation>今日 {spent}</translation>
    </message>
    <message>
        <source>, {amount} unsure</source>
        <translation>，{amount} 未定</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Another workspace opens at the next start. Nothing is moved or deleted.</source>
        <translation>下次启动时打开另一个工作区，不移动也不删除任何内容。</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Check library</source>
        <translation>检查图库</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Empty bin...</source>
        <translation>清空回收站…</translation>
    </message>
    <message>
        <source>Moves the files to the bin of the system.</source>
        <translation>把文件移入系统回收站。</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Most room for thumbnails, in MB</source>
        <translation>缩略图最多占用的空间（MB）</translation>
    </message>
    <message>
        <source>At most so many MB; those not used for longest go first and are made again when needed. Originals are never removed.</source>
        <translation>最多占用的空间（MB）；最久未使用的先删除，需要时重新生成。原图从不删除。</translation>
    </message>
    <message>
        <source>Folder for the workspace</source>
        <translation>工作区文件夹</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Images on the table</source>
        <translation>灯台上的图片</translation>
    </message>
    <message>
        <source>Drag the line or use ← →. Hold Space to see A only.</source>
        <translation>拖动分界线或用 ← →。按住空格只看 A。</translation>
    </message>
    <message>
        <source>Hold Space to see A only.</source>
        <translation>按住空格只看 A。</translation>
    </message>
    <message>
        <source>The loupe follows the pointer, or Ctrl and the arrow keys.</source>
        <translation>放大镜跟随指针移动，或用 Ctrl 加方向键移动。</translation>
    </message>
    <message>
        <source>At most 9 images fit on the table.</source>
        <translation>灯台最多放 9 张图片。</translation>
    </message>
    <message>
        <source>A blind vote is under way.</source>
        <translation>正在盲评。</translation>
    </message>
    <message>
        <source>Drag to move, scroll to zoom. Hold Space for A.</source>
        <translation>拖动移动，滚动缩放。按住空格看 A。</translation>
    </message>
    <message>
        <source>from run {number}</source>
        <translation>来自批次 {number}</translation>
    </message>
</context>
<context>
    <name>StripView</name>
    <message>
        <source>Use as A</source>
        <translation>用作 A</translation>
    </message>
    <message>
        <source>Use as B</source>
        <translation>用作 B</translation>
    </message>
    <message>
        <source>Take off the table</source>
        <translation>从灯台移除</translation>
    </message>
    <message>
        <source>Two images stay on the table.</source>
        <translation>灯台至少保留两张图片。</translation>
    </message>
</context>
<context>
    <name>StudioActions</name>
    <message>
        <source>This library is read-only: nothing can be generated or changed here.</source>
        <translation>此图库为只读：不能在此生成或更改任何内容。</translation>
    </message>
</context>
<context>
    <name>SweepActions</name>
    <message>
        <source>Sweep {number} was interrupted: {done} of {total} made.</source>
        <translation>组合实验 {number} 被中断：已生成 {done} / {total}。</translation>
    </message>
    <message>
        <source>Nothing more was sent.</source>
        <translation>未再发送任何请求。</translation>
    </message>
    <message>
        <source>Sweep {number}: {done} of {total}</source>
        <translation>组合实验 {number}：{done} / {total}</translation>
    </message>
    <message>
        <source>Sweep {number} is paused: {done} of {total}</source>
        <translation>组合实验 {number} 已暂停：{done} / {total}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Nothing more was sent. It was begun at {address}.</source>
        <translation>未再发送任何请求。它是在 {address} 开始的。</translation>
    </message>
    <message>
        <source>Show the matrix...</source>
        <translation>显示矩阵…</translation>
    </message>
    <message>
        <source>Generate anyway</source>
        <translation>仍然生成</translation>
    </message>
    <message>
        <source>Sweep {number} is done: {done} of {total} made.</source>
        <translation>组合实验 {number} 已完成：已生成 {done} / {total}。</translation>
    </message>
    <message numerus="yes">
        <source>%n did not come.</source>
        <translation>
            <numerusform>%n 格未生成。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n may have been billed.</source>
        <translation>
            <numerusform>%n 个可能已扣费。</numerusform>
        </translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Continue, and repeat what failed</source>
        <translation>继续，并重做失败的格</translation>
    </message>
</context>
<context>
    <name>SweepAddressQuestions</name>
    <message>
        <source>Use that of Preferences</source>
        <translation>使用设置中的地址</translation>
    </message>
    <message>
        <source>In Preferences it is {address}.</source>
        <translation>设置中的地址是 {address}。</translation>
    </message>
    <message>
        <source>Preferences have no address of their own for {provider}.</source>
        <translation>设置中没有为 {provider} 另设地址。</translation>
    </message>
    <message>
        <source>Go on there</source>
        <translation>在该地址继续</translation>
    </message>
    <message>
        <source>What is sent now goes to {address}, with your key for {provider}.</source>
        <translation>接下来的请求会连同您的 {provider} 密钥发送到 {address}。</translation>
    </message>
    <message>
        <source>Sweep {number} was begun at another address</source>
        <translation>组合实验 {number} 是在另一个地址开始的</translation>
    </message>
</context>
<context>
    <name>SweepBuilder</name>
    <message numerus="yes">
        <source>for %n new image(s)</source>
        <translation>
            <numerusform>新生成 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try the first %n, one of each column</source>
        <translation>
            <numerusform>先试 %n 张，每列一张</numerusform>
        </translation>
    </message>
    <message>
        <source>Sweep builder</source>
        <translation>组合实验</translation>
    </message>
    <message numerus="yes">
        <source>Generate %n image(s)</source>
        <translation>
            <numerusform>生成 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>The sweep is being worked out.</source>
        <translation>正在计算组合实验。</translation>
    </message>
    <message>
        <source>Everything is made already.</source>
        <translation>全部已生成。</translation>
    </message>
    <message>
        <source>Nothing can be made.</source>
        <translation>没有可生成的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>新增 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try the first %n</source>
        <translation>
            <numerusform>先试 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>The sweep is being started.</source>
        <translation>正在开始组合实验。</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message numerus="yes">
        <source>%n already made and free</source>
        <translation>
            <numerusform>已有 %n 张，免费</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be made</source>
        <translation>
            <numerusform>%n 格无法生成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>排除 %n 格</numerusform>
        </translation>
    </message>
    <message>
        <source>being worked out</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>{images}, {time}</source>
        <translation>{images}，{time}</translation>
    </message>
    <message numerus="yes">
        <source>{images}, %n model(s) without a price</source>
        <translation>
            <numerusform>{images}，%n 个模型没有价格</numerusform>
        </translation>
    </message>
    <message>
        <source>Prices as of {date}</source>
        <translation>价格日期：{date}</translation>
    </message>
    <message>
        <source>{cells} of {total} combinations</source>
        <translation>{total} 种组合中的 {cells} 种</translation>
    </message>
    <message>
        <source>{factors} = {images}</source>
        <translation>{factors} = {images}</translation>
    </message>
    <message numerus="yes">
        <source>{factors} = %n combination(s), {images}</source>
        <translation>
            <numerusform>{factors} = %n 种组合，{images}</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>SweepCost</name>
    <message>
        <source>Free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>{today} today, then at most {then} of {limit}</source>
        <translation>今日 {today}，之后最多 {then} / {limit}</translation>
    </message>
    <message>
        <source>about {hours} h {minutes} min</source>
        <translation>约 {hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {count} s</source>
        <translation>约 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min</source>
        <translation>约 {count} 分钟</translation>
    </message>
    <message>
        <source>{today} today, then at most {then}</source>
        <translation>今日 {today}，之后最多 {then}</translation>
    </message>
</context>
<context>
    <name>SweepForecaster</name>
    <message>
        <source>These settings make no request</source>
        <translation>这些设置无法构成请求</translation>
    </message>
    <message>
        <source>Write a prompt</source>
        <translation>请填写提示词</translation>
    </message>
    <message>
        <source>Mend the choices of the prompt first</source>
        <translation>请先修正提示词中的选项</translation>
    </message>
    <message>
        <source>Tick a model in the composer</source>
        <translation>请在编辑区勾选模型</translation>
    </message>
    <message>
        <source>{count} combinations are more than a sweep holds ({most}). Take a random sample.</source>
        <translation>{count} 种组合超过上限（{most}）。请改用随机抽样。</translation>
    </message>
    <message>
        <source>Something broke in Prompt Studio. Nothing was sent.</source>
        <translation>Prompt Studio 出了问题。未发送任何请求。</translation>
    </message>
</context>
<context>
    <name>SweepForm</name>
    <message>
        <source>For example: </source>
        <translation>例如：</translation>
    </message>
    <message>
        <source>Prompt with choices</source>
        <translation>带选项的提示词</translation>
    </message>
    <message>
        <source>How to write</source>
        <translation>写法说明</translation>
    </message>
    <message>
        <source>Lists...</source>
        <translation>列表…</translation>
    </message>
    <message>
        <source>Negative prompt with choices</source>
        <translation>带选项的反向提示词</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>Another example</source>
        <translation>换一个示例</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Add styles</source>
        <translation>添加风格</translation>
    </message>
    <message>
        <source>Add sizes</source>
        <translation>添加尺寸</translation>
    </message>
    <message>
        <source>Add negative prompts</source>
        <translation>添加反向提示词</translation>
    </message>
    <message>
        <source>Add a setting</source>
        <translation>添加设置</translation>
    </message>
</context>
<context>
    <name>SweepMatrix</name>
    <message>
        <source>being worked out</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>to be made</source>
        <translation>待生成</translation>
    </message>
    <message>
        <source>made before, reused</source>
        <translation>已有，直接使用</translation>
    </message>
    <message>
        <source>cannot be made</source>
        <translation>无法生成</translation>
    </message>
    <message>
        <source>not in the sample</source>
        <translation>不在抽样中</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>made</source>
        <translation>已生成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>may have been billed</source>
        <translation>可能已扣费</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>SweepOffers</name>
    <message>
        <source>{least} to {most}</source>
        <translation>{least} 至 {most}</translation>
    </message>
    <message>
        <source>No style</source>
        <translation>无风格</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>No negative prompt</source>
        <translation>无反向提示词</translation>
    </message>
    <message>
        <source>What must not be in the picture</source>
        <translation>画面中不应出现的内容</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Words, Return adds them</source>
        <translation>输入词语，按回车添加</translation>
    </message>
    <message>
        <source>A whole number</source>
        <translation>整数</translation>
    </message>
</context>
<context>
    <name>SweepSheet</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>no seeds</source>
        <translation>不支持种子</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
</context>
<context>
    <name>SweepStarter</name>
    <message>
        <source>This may go up to {amount} over today&apos;s limit of {limit}.</source>
        <translation>这可能超出今日限额 {limit}，最多多出 {amount}。</translation>
    </message>
    <message numerus="yes">
        <source>%n paid request(s) will be sent.</source>
        <translation>
            <numerusform>将发送 %n 个付费请求。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) will be made.</source>
        <translation>
            <numerusform>将生成 %n 张图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>Something broke in Prompt Studio. Nothing was sent.</source>
        <translation>Prompt Studio 出了问题。未发送任何请求。</translation>
    </message>
    <message numerus="yes">
        <source>Generate %n image(s)?</source>
        <translation>
            <numerusform>生成 %n 张？</numerusform>
        </translation>
    </message>
    <message>
        <source>Over today&apos;s limit</source>
        <translation>超出今日限额</translation>
    </message>
    <message>
        <source>Generate anyway</source>
        <translation>仍然生成</translation>
    </message>
    <message numerus="yes">
        <source>Generate %n image(s)</source>
        <translation>
            <numerusform>生成 %n 张</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SweepsDialog</name>
    <message>
        <source>Sweep {number}, {time}: {done} of {total}</source>
        <translation>组合实验 {number}，{time}：{done} / {total}</translation>
    </message>
    <message>
        <source>{done} of {total} made</source>
        <translation>已生成 {done} / {total}</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>被中断</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>组合实验</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Use as new sweep...</source>
        <translation>用于新的组合实验…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Repeat what failed</source>
        <translation>重做失败的格</translation>
    </message>
    <message numerus="yes">
        <source>%n may have been billed</source>
        <translation>
            <numerusform>%n 个可能已扣费</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no sweep yet.</source>
        <translation>还没有组合实验。</translation>
    </message>
    <message>
        <source>Nothing was billed</source>
        <translation>未扣费</translation>
    </message>
    <message numerus="yes">
        <source>%n did not come</source>
        <translation>
            <numerusform>%n 格未成功</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Sweep {number}</source>
        <translation>组合实验 {number}</translation>
    </message>
    <message>
        <source>{amount} billed</source>
        <translation>已扣费 {amount}</translation>
    </message>
</context>
<context>
    <name>TableNarrator</name>
    <message>
        <source>Middle at {across} % across, {down} % down</source>
        <translation>中心在横向 {across}%、纵向 {down}%</translation>
    </message>
    <message>
        <source>{name} on</source>
        <translation>{name}：开</translation>
    </message>
    <message>
        <source>{name} off</source>
        <translation>{name}：关</translation>
    </message>
    <message>
        <source>Loupe at {across} % across, {down} % down</source>
        <translation>放大镜在横向 {across}%、纵向 {down}%</translation>
    </message>
    <message>
        <source>No image is moved</source>
        <translation>没有移动的图片</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Names on the images</source>
        <translation>图上名称</translation>
    </message>
    <message>
        <source>Zoom together</source>
        <translation>同步缩放</translation>
    </message>
    <message>
        <source>A only</source>
        <translation>只看 A</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>划动</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪切</translation>
    </message>
    <message>
        <source>Zoom {percent} %</source>
        <translation>缩放 {percent} %</translation>
    </message>
    <message>
        <source>Upright line</source>
        <translation>竖直分界线</translation>
    </message>
    <message>
        <source>Level line</source>
        <translation>水平分界线</translation>
    </message>
    <message>
        <source>{image}, {number} of {total}</source>
        <translation>{image}，第 {number} 张，共 {total} 张</translation>
    </message>
    <message>
        <source>{percent} % right</source>
        <translation>向右 {percent}%</translation>
    </message>
    <message>
        <source>{percent} % left</source>
        <translation>向左 {percent}%</translation>
    </message>
    <message>
        <source>{percent} % down</source>
        <translation>向下 {percent}%</translation>
    </message>
    <message>
        <source>{percent} % up</source>
        <translation>向上 {percent}%</translation>
    </message>
    <message>
        <source>{image} moved {ways}</source>
        <translation>{image} 已移动：{ways}</translation>
    </message>
    <message>
        <source>Line at {percent} %</source>
        <translation>分界线在 {percent} %</translation>
    </message>
    <message>
        <source>A is image {first}, B is image {second}</source>
        <translation>A 是第 {first} 张，B 是第 {second} 张</translation>
    </message>
    <message>
        <source>{image} in its place</source>
        <translation>{image} 已回到原位</translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message>
        <source>Add tags</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>autumn, hero</source>
        <translation>秋季，主视觉</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Picked up again</source>
        <translation>已重新接上</translation>
    </message>
    <message>
        <source>with its sweep</source>
        <translation>随组合实验</translation>
    </message>
    <message>
        <source>with the queue</source>
        <translation>随队列</translation>
    </message>
    <message>
        <source>with its run</source>
        <translation>随批次</translation>
    </message>
    <message>
        <source>Waiting for {name}</source>
        <translation>正在等待{name}</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>正在重试</translation>
    </message>
    <message>
        <source>May have been billed</source>
        <translation>可能已扣费</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The file was moved</source>
        <translation>文件已移动</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>next free in {time}</source>
        <translation>{time}后空出</translation>
    </message>
    <message>
        <source>{name} asks us to wait. Next try in {time}, {attempt} of {attempts}.</source>
        <translation>{name}要求稍候，{time}后重试（第 {attempt} / {attempts} 次）。</translation>
    </message>
    <message>
        <source>{place} in line</source>
        <translation>第 {place} 位</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>Stop trying</source>
        <translation>停止重试</translation>
    </message>
    <message>
        <source>, {place} of {count} in an open stack</source>
        <translation>，展开的堆叠中第 {place} / {count} 张</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>, rejected</source>
        <translation>，已淘汰</translation>
    </message>
    <message numerus="yes">
        <source>, closed stack of %n near-duplicate(s)</source>
        <translation>
            <numerusform>，收起的堆叠，%n 张近似图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>{elapsed} · usually {low}–{high} s</source>
        <translation>{elapsed} · 通常 {low}–{high} 秒</translation>
    </message>
    <message>
        <source>It is in the bin, or was deleted.</source>
        <translation>在回收站中，或已被删除。</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>如何处理</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Find...</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>{provider} {model}, run {run}, image {index}, {state}</source>
        <translation>{provider} {model}，批次 {run}，第 {index} 张，{state}</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} / {count}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Preview {step} of {steps}</source>
        <translation>预览 {step} / {steps}</translation>
    </message>
    <message>
        <source>Cached · {price}</source>
        <translation>缓存 · {price}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>{provider} {model}, run {run}, image {index} of {count}, {state}</source>
        <translation>{provider} {model}，批次 {run}，第 {index} / {count} 张，{state}</translation>
    </message>
    <message>
        <source>, rated {stars} of 5</source>
        <translation>，评分 {stars} / 5</translation>
    </message>
</context>
<context>
    <name>TileMenus</name>
    <message>
        <source>This run has no images yet.</source>
        <translation>此批次还没有图片。</translation>
    </message>
    <message>
        <source>Large preview</source>
        <translation>大图预览</translation>
    </message>
    <message>
        <source>Load settings</source>
        <translation>载入设置</translation>
    </message>
    <message>
        <source>Look at settings</source>
        <translation>查看设置</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考图</translation>
    </message>
    <message>
        <source>Find similar images</source>
        <translation>查找相似图片</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Blind vote on these</source>
        <translation>对这些图片盲评</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Take the rejection back</source>
        <translation>取消淘汰</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>淘汰</translation>
    </message>
    <message>
        <source>Tags...</source>
        <translation>标签…</translation>
    </message>
    <message>
        <source>Add to collection</source>
        <translation>加入收藏集</translation>
    </message>
    <message>
        <source>Choose or name a collection...</source>
        <translation>选择或命名收藏集…</translation>
    </message>
    <message>
        <source>New collection...</source>
        <translation>新建收藏集…</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete for good...</source>
        <translation>永久删除…</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Move to bin</source>
        <translation>移入回收站</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>查看详情</translation>
    </message>
    <message>
        <source>Decide first about what may have been billed.</source>
        <translation>请先处理可能已扣费的请求。</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Run again with the ticked models</source>
        <translation>用勾选的模型再次运行</translation>
    </message>
    <message>
        <source>Run only what failed</source>
        <translation>只运行失败的</translation>
    </message>
    <message>
        <source>Select its images</source>
        <translation>选择其图片</translation>
    </message>
    <message>
        <source>Compare its images</source>
        <translation>对比其图片</translation>
    </message>
    <message>
        <source>Blind vote on its images</source>
        <translation>对其图片盲评</translation>
    </message>
    <message>
        <source>Export its images...</source>
        <translation>导出其图片…</translation>
    </message>
    <message>
        <source>Make anew</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>At most 9 images can be compared.</source>
        <translation>最多对比 9 张图片。</translation>
    </message>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n 星</numerusform>
        </translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>无评分</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name}（{count}）</translation>
    </message>
    <message>
        <source>Remove from {name}</source>
        <translation>移出{name}</translation>
    </message>
    <message>
        <source>Copy prompt</source>
        <translation>复制提示词</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Generate again...</source>
        <translation>重新生成…</translation>
    </message>
    <message>
        <source>Generate again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>A blind vote is over two to a hundred images.</source>
        <translation>盲评需要 2 到 100 张图片。</translation>
    </message>
    <message>
        <source>Nothing of this run failed.</source>
        <translation>此批次没有失败项。</translation>
    </message>
    <message>
        <source>Cancel this run</source>
        <translation>取消此批次</translation>
    </message>
    <message>
        <source>Two to nine images can be compared.</source>
        <translation>可对比 2 到 9 张图片。</translation>
    </message>
    <message>
        <source>Run {number}</source>
        <translation>批次 {number}</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>编辑区</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Search prompts, tags, models, seeds</source>
        <translation>搜索提示词、标签、模型、种子</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Model names hidden</source>
        <translation>模型名称已隐藏</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Not while you vote blind.</source>
        <translation>盲评期间不可用。</translation>
    </message>
    <message>
        <source>Export {count}...</source>
        <translation>导出 {count} 张…</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>TrashActions</name>
    <message numerus="yes">
        <source>%n file(s), {size}, go to the bin of the system.</source>
        <translation>
            <numerusform>%n 个文件（{size}）将移到系统回收站。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) deleted for good.</source>
        <translation>
            <numerusform>已永久删除 %n 张图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>No file goes: other images share them all. This cannot be undone.</source>
        <translation>不会移走任何文件：其他图片仍在使用它们。此操作无法撤销。</translation>
    </message>
    <message>
        <source>This cannot be undone here.</source>
        <translation>此处无法撤销。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are in the bin of the system.</source>
        <translation>
            <numerusform>%n 个文件已在系统回收站中。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The system did not take %n file(s), they are still here: {names}</source>
        <translation>
            <numerusform>系统未接收 %n 个文件，它们仍在原处：{names}</numerusform>
        </translation>
    </message>
    <message>
        <source>No image was deleted.</source>
        <translation>没有删除任何图片。</translation>
    </message>
    <message>
        <source>The bin is empty.</source>
        <translation>回收站为空。</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n image(s) for good?</source>
        <translation>
            <numerusform>永久删除 %n 张图片？</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) stay where they are: other images share them.</source>
        <translation>
            <numerusform>%n 个文件保留在原处：其他图片仍在使用它们。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) stay: other images share them.</source>
        <translation>
            <numerusform>%n 个文件保留：其他图片仍在使用它们。</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total} files</source>
        <translation>{done}/{total} 个文件</translation>
    </message>
    <message>
        <source>Emptying the bin</source>
        <translation>正在清空回收站</translation>
    </message>
    <message>
        <source>The first of them came into the bin on {day}.</source>
        <translation>其中最早的一张于 {day} 移入回收站。</translation>
    </message>
</context>
<context>
    <name>TrashStrip</name>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Empty bin...</source>
        <translation>清空回收站…</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) in the bin</source>
        <translation>
            <numerusform>回收站中有 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>{days} days ago</source>
        <translation>{days} 天前</translation>
    </message>
    <message>
        <source>the oldest from {age}</source>
        <translation>最早的来自{age}</translation>
    </message>
</context>
<context>
    <name>ValuePopover</name>
    <message>
        <source>This is not a value that can be used here.</source>
        <translation>此处不能使用这个值。</translation>
    </message>
</context>
<context>
    <name>VaryOffer</name>
    <message>
        <source>Vary</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>换一个种子</translation>
    </message>
    <message>
        <source>One more image</source>
        <translation>再来一张</translation>
    </message>
    <message>
        <source>The next 4 seeds</source>
        <translation>接下来的 4 个种子</translation>
    </message>
    <message>
        <source>4 more images</source>
        <translation>再来 4 张</translation>
    </message>
    <message>
        <source>4 new seeds</source>
        <translation>4 个新种子</translation>
    </message>
    <message>
        <source>Vary words</source>
        <translation>改变词语</translation>
    </message>
    <message>
        <source>Change it in the composer</source>
        <translation>在编辑区中修改</translation>
    </message>
    <message>
        <source>{some} of {total} phrases</source>
        <translation>短语：{some} / {total}</translation>
    </message>
</context>
<context>
    <name>VoteBar</name>
    <message>
        <source>No vote was cast yet.</source>
        <translation>尚未投票。</translation>
    </message>
    <message>
        <source>Blind vote</source>
        <translation>盲评</translation>
    </message>
    <message>
        <source>Which fits the prompt better?</source>
        <translation>哪张更符合提示词？</translation>
    </message>
    <message>
        <source>Names are hidden until the vote is over</source>
        <translation>评完之前不显示名称</translation>
    </message>
    <message>
        <source>A is better</source>
        <translation>A 更好</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>相当</translation>
    </message>
    <message>
        <source>B is better</source>
        <translation>B 更好</translation>
    </message>
    <message>
        <source>Neither</source>
        <translation>都不好</translation>
    </message>
    <message>
        <source>Undo vote</source>
        <translation>撤销投票</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
</context>
<context>
    <name>VotePage</name>
    <message>
        <source>The ranking stands still until the vote is over.</source>
        <translation>投票结束前，排名不会变化。</translation>
    </message>
    <message>
        <source>Put at least two images on the table.</source>
        <translation>请至少放入两张图片。</translation>
    </message>
    <message>
        <source>All votes</source>
        <translation>全部投票</translation>
    </message>
    <message>
        <source>This prompt</source>
        <translation>此提示词</translation>
    </message>
    <message>
        <source>No vote was cast yet.</source>
        <translation>尚未投票。</translation>
    </message>
    <message>
        <source>No votes yet. Models are hidden while you choose the better of two images.</source>
        <translation>尚无投票。挑选两张图片中较好的一张时，不显示模型名称。</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>These images</source>
        <translation>这些图片</translation>
    </message>
    <message>
        <source>Names are hidden until the vote is over.</source>
        <translation>投票结束前名称保持隐藏。</translation>
    </message>
    <message numerus="yes">
        <source>%n vote(s) so far, each between images of one model. Choose &quot;These images&quot; to see which won.</source>
        <translation>
            <numerusform>目前 %n 票，每票都在同一模型的图片之间。选择“这些图片”可看哪张胜出。</numerusform>
        </translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>可选</translation>
    </message>
    <message>
        <source>Follows the prompt</source>
        <translation>符合提示词</translation>
    </message>
    <message>
        <source>Composition</source>
        <translation>构图</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光线</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>色彩</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Anatomy</source>
        <translation>人体结构</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>won–lost–tied</source>
        <translation>胜–负–平</translation>
    </message>
    <message>
        <source>Ranking of</source>
        <translation>排名范围</translation>
    </message>
    <message>
        <source>Save table...</source>
        <translation>保存表格…</translation>
    </message>
    <message>
        <source>These two were made with different prompts.</source>
        <translation>这两张图片的提示词不同。</translation>
    </message>
    <message numerus="yes">
        <source>%n vote(s) so far. No two neighbouring ranges overlap: the order is settled.</source>
        <translation>
            <numerusform>目前共 %n 票。相邻区间互不重叠，名次已定。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n vote(s) so far. Neighbouring ranges overlap, so the order is not settled yet.</source>
        <translation>
            <numerusform>目前共 %n 票。相邻区间有重叠，名次未定。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show names</source>
        <translation>显示名称</translation>
    </message>
    <message>
        <source>Blind vote</source>
        <translation>盲评</translation>
    </message>
    <message>
        <source>Tag {name}</source>
        <translation>标签：{name}</translation>
    </message>
</context>
<context>
    <name>WindowController</name>
    <message>
        <source>Select what else to compare, then press C.</source>
        <translation>选择要一起对比的图片，然后按 C。</translation>
    </message>
    <message>
        <source>Run {number}: {done} of {total} models done</source>
        <translation>批次 {number}：已完成 {done} / {total} 个模型</translation>
    </message>
</context>
<context>
    <name>WindowDialogs</name>
    <message>
        <source>Open {host} in the browser?</source>
        <translation>在浏览器中打开 {host}？</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>打开页面</translation>
    </message>
</context>
<context>
    <name>WordsDialog</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>It needs a name.</source>
        <translation>需要一个名称。</translation>
    </message>
    <message>
        <source>This name is taken.</source>
        <translation>这个名称已被使用。</translation>
    </message>
    <message>
        <source>It needs words.</source>
        <translation>需要文字。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>{some} of {total}</source>
        <translation>{some} / {total}</translation>
    </message>
    <message>
        <source>A name has at most {count} characters.</source>
        <translation>名称最多 {count} 个字符。</translation>
    </message>
    <message>
        <source>At most {limit} characters fit.</source>
        <translation>最多 {limit} 个字符。</translation>
    </message>
</context>
<context>
    <name>WorkspaceTrouble</name>
    <message>
        <source>Choose folder...</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Folder for the workspace</source>
        <translation>工作区文件夹</translation>
    </message>
</context>
</TS>
