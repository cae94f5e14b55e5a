package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.mesh.model.status.ShareDifference;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.Label;

/** What a version was asked to get beside what it got, and why the two differ: "asked 20 %, got 18.6 % (16.9–20.4): few requests". */
final class AskedGotLine extends Label {

    private final Workbench bench;

    AskedGotLine(Workbench bench) {
        this.bench = bench;
        getStyleClass().add("mesh-small");
        setWrapText(true);
        setMinWidth(0);
        setMinHeight(USE_PREF_SIZE);
        managedProperty().bind(visibleProperty());
        setId("asked-got");
    }

    /** @param split the service's, if its traffic is split */
    void show(Optional<SplitStatus> split, String version) {
        String words = split.flatMap(status -> status.versions().stream()
                        .filter(share -> share.version().equals(version))
                        .findFirst()
                        .map(share -> words(status, share)))
                .orElse("");
        setText(words);
        setVisible(!words.isEmpty());
    }

    private String words(SplitStatus split, VersionShare share) {
        String asked = bench.formats().percent(share.asked().percent());
        if (split.counted() == 0) {
            return bench.texts().get("rollouts.asked-got.none", asked);
        }
        String line = bench.texts()
                .get(
                        "rollouts.asked-got",
                        asked,
                        bench.formats().share(share.share()),
                        bench.formats().number(100 * share.low(), 1),
                        bench.formats().number(100 * share.high(), 1),
                        bench.formats().count(split.counted()));
        String why =
                split.differencesOf(share.version()).stream().map(this::why).collect(Collectors.joining("; "));
        return why.isEmpty() ? line : line + ": " + why;
    }

    private String why(ShareDifference difference) {
        boolean keys = difference.cause() == ShareDifference.Cause.STICKINESS && difference.count() > 0;
        String cause = difference.cause().name().toLowerCase(Locale.ROOT).replace('_', '-') + (keys ? ".keys" : "");
        return bench.texts().get("rollouts.asked-got." + cause, bench.formats().count(difference.count()));
    }
}
