package io.signalbox.console.traffic;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RateLimit;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Tooltip;

/** A tag for each limit that protects a service: its field and figures, and in the tooltip what it does. */
record LimitTags(Workbench bench) {

    List<Tag> of(Protection protection) {
        List<Tag> tags = new ArrayList<>();
        protection.callerLimit().ifPresent(limit -> tags.add(rate("traffic.limit.caller", limit)));
        protection.rateLimit().ifPresent(limit -> tags.add(rate("traffic.limit.rate", limit)));
        protection.concurrency().ifPresent(limit -> tags.add(concurrency(limit)));
        protection
                .outliers()
                .ifPresent(rule -> tags.add(tag(
                        bench.texts().get("traffic.limit.outliers.short"),
                        bench.texts()
                                .get("traffic.limit.outliers", bench.formats().share(rule.maxEjectedShare())))));
        return tags;
    }

    private Tag rate(String key, RateLimit limit) {
        String requests = bench.formats().count(limit.requests());
        String per = bench.formats().span(limit.per());
        return tag(
                bench.texts().get(key + ".short", requests, per),
                bench.texts().get(key, requests, per, bench.formats().count(limit.burst())));
    }

    private Tag concurrency(ConcurrencyLimit limit) {
        String most = bench.formats().count(limit.maxInFlight());
        return tag(
                bench.texts().get("traffic.limit.concurrency.short", most),
                bench.texts()
                        .get("traffic.limit.concurrency", most, bench.formats().count(limit.queue())));
    }

    private static Tag tag(String words, String meaning) {
        Tag tag = Tag.plain(words);
        Tooltip.install(tag, new Tooltip(meaning));
        tag.setAccessibleHelp(meaning);
        return tag;
    }
}
