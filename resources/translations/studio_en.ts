<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AxisCard</name>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticked</source>
        <translation>
            <numerusform>%n ticked</numerusform>
            <numerusform>%n ticked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BlindVote</name>
    <message numerus="yes">
        <source>%n pair(s) voted. The names are shown again.</source>
        <translation>
            <numerusform>%n pair voted. The names are shown again.</numerusform>
            <numerusform>%n pairs voted. The names are shown again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollectionsDialog</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComposerFooter</name>
    <message numerus="yes">
        <source>Sweep %n combination(s)...</source>
        <translation>
            <numerusform>Sweep %n combination...</numerusform>
            <numerusform>Sweep %n combinations...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) will differ</source>
        <translation>
            <numerusform>%n setting will differ</numerusform>
            <numerusform>%n settings will differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) have no key yet</source>
        <translation>
            <numerusform>%n model has no key yet</numerusform>
            <numerusform>%n models have no key yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n combination(s)</source>
        <translation>
            <numerusform>%n combination</numerusform>
            <numerusform>%n combinations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) without a published price</source>
        <translation>
            <numerusform>%n model without a published price</numerusform>
            <numerusform>%n models without a published price</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailsHead</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>from %n run(s)</source>
        <translation>
            <numerusform>from %n run</numerusform>
            <numerusform>from %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>Export %n image(s)</source>
        <translation>
            <numerusform>Export %n image</numerusform>
            <numerusform>Export %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exported</source>
        <translation>
            <numerusform>%n exported</numerusform>
            <numerusform>%n exported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n renamed</source>
        <translation>
            <numerusform>%n renamed</numerusform>
            <numerusform>%n renamed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n skipped</numerusform>
            <numerusform>%n skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed since received</source>
        <translation>
            <numerusform>%n changed since received</numerusform>
            <numerusform>%n changed since received</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message numerus="yes">
        <source>1 prompt, %n image(s)</source>
        <translation>
            <numerusform>1 prompt, %n image</numerusform>
            <numerusform>1 prompt, %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %n image(s)</source>
        <translation>
            <numerusform>{count} of %n image</numerusform>
            <numerusform>{count} of %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %n run(s)</source>
        <translation>
            <numerusform>{count} of %n run</numerusform>
            <numerusform>{count} of %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridArrangement</name>
    <message numerus="yes">
        <source>%n stack(s) of {images} images</source>
        <translation>
            <numerusform>%n stack of {images} images</numerusform>
            <numerusform>%n stacks of {images} images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stack opened, %n image(s)</source>
        <translation>
            <numerusform>Stack opened, %n image</numerusform>
            <numerusform>Stack opened, %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupWords</name>
    <message numerus="yes">
        <source>{shown} of %n image(s) shown</source>
        <translation>
            <numerusform>{shown} of %n image shown</numerusform>
            <numerusform>{shown} of %n images shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImageActions</name>
    <message numerus="yes">
        <source>%n image(s) copied.</source>
        <translation>
            <numerusform>%n image copied.</numerusform>
            <numerusform>%n images copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message numerus="yes">
        <source>%n image(s) may be billed and will not come: {providers}.</source>
        <translation>
            <numerusform>%n image may be billed and will not come: {providers}.</numerusform>
            <numerusform>%n images may be billed and will not come: {providers}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) that wait will not be sent.</source>
        <translation>
            <numerusform>%n image that waits will not be sent.</numerusform>
            <numerusform>%n images that wait will not be sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryWords</name>
    <message numerus="yes">
        <source>%n image(s) rated.</source>
        <translation>
            <numerusform>%n image rated.</numerusform>
            <numerusform>%n images rated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) rejected.</source>
        <translation>
            <numerusform>%n image rejected.</numerusform>
            <numerusform>%n images rejected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rejection of %n image(s) taken back.</source>
        <translation>
            <numerusform>Rejection of %n image taken back.</numerusform>
            <numerusform>Rejection of %n images taken back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tags of %n image(s) changed.</source>
        <translation>
            <numerusform>Tags of %n image changed.</numerusform>
            <numerusform>Tags of %n images changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) marked.</source>
        <translation>
            <numerusform>%n image marked.</numerusform>
            <numerusform>%n images marked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) moved to the bin.</source>
        <translation>
            <numerusform>%n image moved to the bin.</numerusform>
            <numerusform>%n images moved to the bin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) brought back.</source>
        <translation>
            <numerusform>%n image brought back.</numerusform>
            <numerusform>%n images brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) added to {name}.</source>
        <translation>
            <numerusform>%n image added to {name}.</numerusform>
            <numerusform>%n images added to {name}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) taken out of {name}.</source>
        <translation>
            <numerusform>%n image taken out of {name}.</numerusform>
            <numerusform>%n images taken out of {name}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were changed since and stay as they are.</source>
        <translation>
            <numerusform>%n image was changed since and stays as it is.</numerusform>
            <numerusform>%n images were changed since and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are no longer there.</source>
        <translation>
            <numerusform>%n image is no longer there.</numerusform>
            <numerusform>%n images are no longer there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatrixSettings</name>
    <message numerus="yes">
        <source>%n failure(s)</source>
        <translation>
            <numerusform>%n failure</numerusform>
            <numerusform>%n failures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n reference</numerusform>
            <numerusform>%n references</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Narrator</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticesButton</name>
    <message numerus="yes">
        <source>%n setting(s) will differ</source>
        <translation>
            <numerusform>%n setting will differ</numerusform>
            <numerusform>%n settings will differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n combination(s)</source>
        <translation>
            <numerusform>%n combination</numerusform>
            <numerusform>%n combinations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NotificationCentre</name>
    <message numerus="yes">
        <source>, %n need(s) attention</source>
        <translation>
            <numerusform>, %n needs attention</numerusform>
            <numerusform>, %n need attention</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) wait in memory.</source>
        <translation>
            <numerusform>%n image waits in memory.</numerusform>
            <numerusform>%n images wait in memory.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) may have been billed.</source>
        <translation>
            <numerusform>%n image may have been billed.</numerusform>
            <numerusform>%n images may have been billed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PromptHead</name>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n character</numerusform>
            <numerusform>%n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueActions</name>
    <message numerus="yes">
        <source>%n run(s) paused. What is under way goes on.</source>
        <translation>
            <numerusform>%n run paused. What is under way goes on.</numerusform>
            <numerusform>%n runs paused. What is under way goes on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Quotes</name>
    <message numerus="yes">
        <source>%n without a price</source>
        <translation>
            <numerusform>%n without a price</numerusform>
            <numerusform>%n without a price</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RepeatActions</name>
    <message numerus="yes">
        <source>%n cell(s) of sweep {number} are made again.</source>
        <translation>
            <numerusform>%n cell of sweep {number} is made again.</numerusform>
            <numerusform>%n cells of sweep {number} are made again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n need(s) attention</source>
        <translation>
            <numerusform>, %n needs attention</numerusform>
            <numerusform>, %n need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPeek</name>
    <message numerus="yes">
        <source>%n setting(s) differ from yours.</source>
        <translation>
            <numerusform>%n setting differs from yours.</numerusform>
            <numerusform>%n settings differ from yours.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n run(s) paused</source>
        <translation>
            <numerusform>%n run paused</numerusform>
            <numerusform>%n runs paused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SweepActions</name>
    <message numerus="yes">
        <source>%n did not come.</source>
        <translation>
            <numerusform>%n did not come.</numerusform>
            <numerusform>%n did not come.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n may have been billed.</source>
        <translation>
            <numerusform>%n may have been billed.</numerusform>
            <numerusform>%n may have been billed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SweepBuilder</name>
    <message numerus="yes">
        <source>for %n new image(s)</source>
        <translation>
            <numerusform>for %n new image</numerusform>
            <numerusform>for %n new images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try the first %n, one of each column</source>
        <translation>
            <numerusform>Try the first %n, one of each column</numerusform>
            <numerusform>Try the first %n, one of each column</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Generate %n image(s)</source>
        <translation>
            <numerusform>Generate %n image</numerusform>
            <numerusform>Generate %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try the first %n</source>
        <translation>
            <numerusform>Try the first %n</numerusform>
            <numerusform>Try the first %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already made and free</source>
        <translation>
            <numerusform>%n already made and free</numerusform>
            <numerusform>%n already made and free</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be made</source>
        <translation>
            <numerusform>%n cannot be made</numerusform>
            <numerusform>%n cannot be made</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{images}, %n model(s) without a price</source>
        <translation>
            <numerusform>{images}, %n model without a price</numerusform>
            <numerusform>{images}, %n models without a price</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{factors} = %n combination(s), {images}</source>
        <translation>
            <numerusform>{factors} = %n combination, {images}</numerusform>
            <numerusform>{factors} = %n combinations, {images}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SweepSheet</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SweepStarter</name>
    <message numerus="yes">
        <source>%n paid request(s) will be sent.</source>
        <translation>
            <numerusform>%n paid request will be sent.</numerusform>
            <numerusform>%n paid requests will be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) will be made.</source>
        <translation>
            <numerusform>%n image will be made.</numerusform>
            <numerusform>%n images will be made.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Generate %n image(s)?</source>
        <translation>
            <numerusform>Generate %n image?</numerusform>
            <numerusform>Generate %n images?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Generate %n image(s)</source>
        <translation>
            <numerusform>Generate %n image</numerusform>
            <numerusform>Generate %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SweepsDialog</name>
    <message numerus="yes">
        <source>%n did not come</source>
        <translation>
            <numerusform>%n did not come</numerusform>
            <numerusform>%n did not come</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n may have been billed</source>
        <translation>
            <numerusform>%n may have been billed</numerusform>
            <numerusform>%n may have been billed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message numerus="yes">
        <source>, closed stack of %n near-duplicate(s)</source>
        <translation>
            <numerusform>, closed stack of %n near-duplicate</numerusform>
            <numerusform>, closed stack of %n near-duplicates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TileMenus</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrashActions</name>
    <message numerus="yes">
        <source>%n file(s), {size}, go to the bin of the system.</source>
        <translation>
            <numerusform>%n file, {size}, goes to the bin of the system.</numerusform>
            <numerusform>%n files, {size}, go to the bin of the system.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) deleted for good.</source>
        <translation>
            <numerusform>%n image deleted for good.</numerusform>
            <numerusform>%n images deleted for good.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are in the bin of the system.</source>
        <translation>
            <numerusform>%n file is in the bin of the system.</numerusform>
            <numerusform>%n files are in the bin of the system.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The system did not take %n file(s), they are still here: {names}</source>
        <translation>
            <numerusform>The system did not take %n file, it is still here: {names}</numerusform>
            <numerusform>The system did not take %n files, they are still here: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n image(s) for good?</source>
        <translation>
            <numerusform>Delete %n image for good?</numerusform>
            <numerusform>Delete %n images for good?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) stay where they are: other images share them.</source>
        <translation>
            <numerusform>%n file stays where it is: other images share it.</numerusform>
            <numerusform>%n files stay where they are: other images share them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) stay: other images share them.</source>
        <translation>
            <numerusform>%n file stays: other images share it.</numerusform>
            <numerusform>%n files stay: other images share them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrashStrip</name>
    <message numerus="yes">
        <source>%n image(s) in the bin</source>
        <translation>
            <numerusform>%n image in the bin</numerusform>
            <numerusform>%n images in the bin</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VotePage</name>
    <message numerus="yes">
        <source>%n vote(s) so far, each between images of one model. Choose &quot;These images&quot; to see which won.</source>
        <translation>
            <numerusform>One vote so far, between images of one model. Choose &quot;These images&quot; to see which won.</numerusform>
            <numerusform>%n votes so far, each between images of one model. Choose &quot;These images&quot; to see which won.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n vote(s) so far. No two neighbouring ranges overlap: the order is settled.</source>
        <translation>
            <numerusform>%n vote so far. No two neighbouring ranges overlap: the order is settled.</numerusform>
            <numerusform>%n votes so far. No two neighbouring ranges overlap: the order is settled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n vote(s) so far. Neighbouring ranges overlap, so the order is not settled yet.</source>
        <translation>
            <numerusform>%n vote so far. Neighbouring ranges overlap, so the order is not settled yet.</numerusform>
            <numerusform>%n votes so far. Neighbouring ranges overlap, so the order is not settled yet.</numerusform>
        </translation>
    </message>
</context>
</TS>
