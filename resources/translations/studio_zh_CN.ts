<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Catalog</name>
    <message>
        <source>As fast as possible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo painter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo paper cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo poster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like a real provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previews</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real providers take their time. As fast as possible leaves the waiting out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WebP</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>A gateway answered in place of {provider}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A grid of {count} was split, the whole grid is kept too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer Prompt Studio made the settings in {path}. They stay as they are; changes hold until the end. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer Prompt Studio made this workspace (version {found}, we know {known}). {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer not readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance used up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection not secure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection settings not usable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed at the provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File name not possible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder not writable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generate anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image not readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been billed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was billed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key not accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link has expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link not followed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes {used} images, not {asked}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes {used}, not {asked}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May have been billed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model has ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model not opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Negative prompt goes into the prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Negative prompt has {asked} characters, {model} takes {used}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Negative prompt ignored, {model} has none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not offered here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was billed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first {used} of {asked} reference images are used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Preferences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open top-up page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open usage page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {model} in the console of {provider} first. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture withheld</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider is busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ratio {asked} becomes {used}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ratio {asked} ignored, the size {used} decides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference images ignored, {model} takes none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference not readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused by its filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request not accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request not complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result not fetched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed ignored, {model} has no seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {asked} becomes {used}, {model} takes {minimum} to {maximum}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seeds {first} to {last}, one for each request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings are newer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings were reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simplify prompt...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size goes as ratio {used}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something broke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something broke in Prompt Studio. Your images are safe. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop trying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped on your wish. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Style goes into the prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Style ignored, {model} has none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task has expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text, but no image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer of {provider} could not be read. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of {host} was not accepted. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection broke after the request was sent. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {host} broke before the result was here. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image could no longer be fetched from {provider}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image is larger than {limit}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image lies at an address that is not safe to open. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image waits in memory until there is room. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt has {asked} characters, {model} takes {maximum}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file could not be read and was set aside as {path}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The studio stopped before it was sent. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The studio stopped while the request was under way. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no keyring service. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too late to cancel, {provider} finishes it and the image is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock the keyring of the system, then try again. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {provider} sent is no image. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspace is newer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspace not readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount} was billed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{asked} becomes {used}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{asked} images need {calls} paid requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{fallback} could have stood in, but the limit is reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} cannot be reached. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} cannot read {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} ended on {date}, choose another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} ended on {date}, {replacement} replaces it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} ends on {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} ends on {date}, {replacement} replaces it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} has no automatic size, makes {used}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} has no setting {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is closed at {provider}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is not in the catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} needs at least {minimum} reference image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} stands in for {failed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} was added by hand and is not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be {asked}, {model} takes {allowed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ignored: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is larger than {limit}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no image that can be used: {reason}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is too large for {model}, at most {limit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} {asked} becomes {used}, {model} takes {minimum} to {maximum}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{over} over the limit of {limit}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written to. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} answered with a state we do not know: {state}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} answered without an image. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} asks us to wait. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} cannot stop a task, ask again later to fetch the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} could not finish the request. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} did not answer the wish to cancel, ask again later to fetch the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not accept {parameter}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not know {model}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not serve this country or region. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} gave the task up. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} had not finished after {duration}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} has no credit left. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} is not a provider of this studio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} is overloaded. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} made it, but its filter blocked it. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} needs a key. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} no longer knows this task. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} refuses this key for {region}. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} refuses this key. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} rewrote the prompt before drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} says that a spending or usage limit is reached. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} stopped the prompt. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} wants the organization verified for this model. {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{used} is experimental on {model}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Misty lake at dawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modernist tiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paper-cut portrait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vase and pears</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Courtyard at noon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lighthouse at night</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Press Generate. No account needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Demo provider paints its own simple pictures on this computer: no key, no cost, no network. Everything else works exactly as with the paid providers, so you can try it all first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a provider key...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or start from one of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both can be changed later in Preferences.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>1 prompt, %n image(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>The provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a setting</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SpinStepper</name>
    <message>
        <source>Less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StarRating</name>
    <message>
        <source>Rating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rating, keys 0 to 5</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Progress of the newest run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of today&apos;s limit that is used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications, {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} waiting to retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {number}: {done} of {total} models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today {spent} of {limit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today {spent}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, {amount} unsure</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Composer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search prompts, tags, models, seeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export {count}...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export...</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
