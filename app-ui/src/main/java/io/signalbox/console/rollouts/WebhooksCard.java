package io.signalbox.console.rollouts;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.WebhookStatus;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** The webhooks that a rollout asks before it goes on, and what each has said; gone while none is asked. */
final class WebhooksCard extends VBox {

    private final Workbench bench;
    private final RolloutWords words;
    private final Figures webhooks;
    private List<WebhookStatus> shown = List.of();

    WebhooksCard(Workbench bench) {
        this.bench = bench;
        words = new RolloutWords(bench);
        Label title = new Label(bench.texts().get("rollouts.webhooks"));
        title.getStyleClass().add("mesh-h3");
        webhooks = new Figures(List.of(
                bench.texts().get("rollouts.webhook"),
                bench.texts().get("rollouts.webhook.failed"),
                bench.texts().get("rollouts.webhook.next"),
                bench.texts().get("rollouts.check.state")));
        managedProperty().bind(visibleProperty());
        getStyleClass().addAll("mesh-card", "rollouts-card");
        getChildren().addAll(title, webhooks);
    }

    void show(RolloutStatus rollout) {
        List<WebhookStatus> now = rollout.webhooks();
        setVisible(!now.isEmpty());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        webhooks.clear();
        now.forEach(webhook -> webhooks.add(
                name(webhook),
                Figures.figure(bench.formats().count(webhook.asked())),
                Figures.figure(
                        webhook.next() == null ? Formats.NONE : bench.formats().clock(webhook.next())),
                Tag.of(RolloutWords.lamp(webhook.state()), words.state(webhook.state()))));
    }

    /** What was said is as long as the other side likes. */
    private VBox name(WebhookStatus webhook) {
        Label said = RolloutPane.wrapped("mesh-caption", "mesh-muted");
        said.setText(words.said(webhook));
        return new VBox(new Label(webhook.name()), said);
    }
}
