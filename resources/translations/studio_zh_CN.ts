<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Catalog</name>
        <message>
            <source>As fast as possible</source>
            <translation>尽快</translation>
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
            <source>Fast</source>
            <translation>快速</translation>
        </message>
        <message>
            <source>File format</source>
            <translation>文件格式</translation>
        </message>
        <message>
            <source>JPEG</source>
            <translation>JPEG</translation>
        </message>
        <message>
            <source>Like a real provider</source>
            <translation>与真实服务商相同</translation>
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
            <source>Previews</source>
            <translation>预览</translation>
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
            <source>WebP</source>
            <translation>WebP</translation>
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
        <name>Engine</name>
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
            <source>Account not verified</source>
            <translation>账户未验证</translation>
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
            <source>Image too large</source>
            <translation>图片过大</translation>
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
            <source>Makes {used} images, not {asked}</source>
            <translation>会生成 {used} 张，而不是 {asked} 张</translation>
        </message>
        <message>
            <source>Makes {used}, not {asked}</source>
            <translation>实为 {used}，而不是 {asked}</translation>
        </message>
        <message>
            <source>May have been billed</source>
            <translation>可能已扣费</translation>
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
            <source>Over the limit</source>
            <translation>超出限额</translation>
        </message>
        <message>
            <source>Picture withheld</source>
            <translation>图片被拦截</translation>
        </message>
        <message>
            <source>Provider is busy</source>
            <translation>服务商繁忙</translation>
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
            <source>This system has no keyring service. {money}</source>
            <translation>此系统没有密钥环服务。{money}</translation>
        </message>
        <message>
            <source>Too late to cancel, {provider} finishes it and the image is kept</source>
            <translation>来不及取消，{provider}会完成，图片将保留</translation>
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
            <source>{fallback} could have stood in, but the limit is reached</source>
            <translation>{fallback}本可代替，但已达限额</translation>
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
            <source>{name} {asked} becomes {used}, {model} takes {minimum} to {maximum}</source>
            <translation>{name} {asked} 改为 {used}，{model}的范围是 {minimum} 到 {maximum}</translation>
        </message>
        <message>
            <source>{over} over the limit of {limit}. {money}</source>
            <translation>超出限额 {limit}，多出 {over}。{money}</translation>
        </message>
        <message>
            <source>{path} cannot be written to. {money}</source>
            <translation>无法写入 {path}。{money}</translation>
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
            <source>{used} is experimental on {model}</source>
            <translation>{used} 在{model}上为实验性</translation>
        </message>
    </context>
    <context>
        <name>FirstRun</name>
        <message>
            <source>Misty lake at dawn</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Modernist tiles</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paper-cut portrait</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Vase and pears</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Courtyard at noon</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lighthouse at night</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>FirstRunPage</name>
        <message>
            <source>Press Generate. No account needed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The Demo provider paints its own simple pictures on this computer: no key, no cost, no network. Everything else works exactly as with the paid providers, so you can try it all first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add a provider key...</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Short guide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Or start from one of these</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Others</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Language</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Appearance</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>System</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dark</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Both can be changed later in Preferences.</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>1 prompt, %n image(s)</source>
            <translation type="unfinished">
                <numerusform />
            </translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Composer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gallery</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Details</source>
            <translation type="unfinished" />
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
        <name>Problem</name>
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
    </context>
    <context>
        <name>PromptBox</name>
        <message>
            <source>Prompt</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Describe the picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Negative prompt</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Negative</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Part of today's limit that is used</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Notifications, {count}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Notifications</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing running</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ready</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} running</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} queued</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} waiting to retry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Run {number}: {done} of {total} models</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Today {spent} of {limit}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Today {spent}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>, {amount} unsure</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Toolbar</name>
        <message>
            <source>Menu</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Composer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Grid</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Compare</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search prompts, tags, models, seeds</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Preferences</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export {count}...</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export...</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
