package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One rollout looked at closely: what can be done about it, its way, why it stands there, and the evidence. */
final class RolloutPane extends VBox {

    private static final Duration PULSE = Duration.ofMillis(40);

    private final RolloutsViewModel model;
    private final RolloutHead head;
    private final LeverCard lever;
    private final AskedGotLine askedGot;
    private final GuideCard guide;
    private final WhyCard why;
    private final PlanCard plan;
    private final WebhooksCard webhooks;
    private final EvidenceCard evidence;
    private final VersionsCard versions;
    private final ChecksCard checks;
    private final ShelfCard shelf;
    private final Scheduler scheduler;

    /** What puts the cards in, some at a time; empty once all are there. */
    private final Queue<Runnable> folded = new ArrayDeque<>();

    private boolean unfolding;

    RolloutPane(RolloutsViewModel model, Workbench bench) {
        this.model = model;
        scheduler = bench.scheduler();
        head = new RolloutHead(model, bench);
        lever = new LeverCard(model.lever(), bench);
        askedGot = new AskedGotLine(bench);
        lever.getChildren().add(askedGot);
        guide = new GuideCard(bench);
        why = new WhyCard(bench);
        plan = new PlanCard(bench);
        webhooks = new WebhooksCard(bench);
        evidence = new EvidenceCard(bench);
        versions = new VersionsCard(bench);
        checks = new ChecksCard(bench);
        shelf = new ShelfCard(model.shelf(), bench);
        PastList past = new PastList(model, bench);
        getStyleClass().add("rollouts-pane");
        setMinWidth(0);
        VBox wide = new VBox(guide, why, plan, webhooks);
        VBox narrow = new VBox();
        folded.add(() -> wide.getChildren().add(lever));
        folded.add(() -> wide.getChildren().addAll(evidence, versions, checks));
        folded.add(() -> narrow.getChildren().addAll(shelf, past));
        var scroll = Page.scrolling(new TwoColumns(wide, narrow));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, scroll);
        model.chosen().subscribe(now -> {
            setVisible(now.isPresent());
            now.ifPresent(this::show);
        });
        // The versions are drawn with each snapshot, which is where their traffic comes from.
        model.traffic().subscribe(now -> model.chosen().get().ifPresent(rollout -> askedGot(rollout, now)));
        model.past().subscribe(past::show);
    }

    /** @param reason nothing can be changed now; empty while it can */
    void block(String reason) {
        head.block(reason);
        lever.block(reason);
    }

    /** Draws up to the newest second, which may have come without any change of the rollout. */
    void refresh() {
        model.chosen()
                .get()
                .ifPresent(rollout -> versions.show(rollout, model.traffic().get()));
    }

    /** The screen is left: what was asked for and not sent is forgotten. */
    void leave() {
        lever.leave();
    }

    /** All at once where no window shows them; else with a pulse between two, since each takes a while the first time. */
    private void unfold() {
        if (getScene() == null || getScene().getWindow() == null) {
            folded.forEach(Runnable::run);
            folded.clear();
        } else if (!folded.isEmpty()) {
            folded.remove().run();
            Scheduler.Cancellable _ = scheduler.schedule(PULSE, this::unfold);
        }
    }

    private void show(RolloutStatus rollout) {
        if (!unfolding) {
            unfolding = true;
            unfold();
        }
        head.show(rollout);
        guide.show(rollout);
        why.show(rollout);
        plan.show(rollout);
        webhooks.show(rollout);
        evidence.show(rollout, model.trace());
        askedGot(rollout, model.traffic().get());
        versions.show(rollout, model.traffic().get());
        checks.show(rollout);
        shelf.show(rollout);
    }

    private void askedGot(RolloutStatus rollout, VersionTraffic traffic) {
        askedGot.show(traffic.split(), rollout.candidate());
    }

    static VBox card(String title, Node... content) {
        Label heading = new Label(title);
        heading.getStyleClass().add("mesh-h3");
        VBox card = new VBox(heading);
        card.getChildren().addAll(content);
        card.getStyleClass().addAll("mesh-card", "rollouts-card");
        return card;
    }

    static Label wrapped(String... styles) {
        Label label = new Label();
        label.getStyleClass().addAll(styles);
        label.setWrapText(true);
        label.setMinWidth(0);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
