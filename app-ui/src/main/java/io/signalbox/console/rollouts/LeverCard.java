package io.signalbox.console.rollouts;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.whatif.WhatIfModel;
import io.signalbox.console.whatif.WhatIfView;
import io.signalbox.console.widget.CanarySlider;
import io.signalbox.console.widget.CanarySliderModel;
import io.signalbox.console.widget.Figure;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.VersionShare;
import io.signalbox.mesh.whatif.Question;
import java.util.Map;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The hand on a rollout: the share asked of its candidate, the slider that moves it, and what moves with it. */
final class LeverCard extends VBox {

    private static final PseudoClass ASKED = PseudoClass.getPseudoClass("asked");

    private final LeverViewModel model;
    private final Workbench bench;
    private final CanarySliderModel wish;
    private final CanarySlider slider;
    private final ExactShare exact;
    private final Label caption = new Label();
    private final Figure asked = new Figure(Figure.Size.HUGE, Formats.NONE, "");
    private final Label since = new Label();
    private final Label effect = new Label();
    private final Label detail = RolloutPane.wrapped("mesh-small", "mesh-muted");
    private final Label refusal = RolloutPane.wrapped("mesh-small", "mesh-danger-text");
    private final MeshButton apply;
    private final MeshButton ask;
    private final WhatIfModel whatIf;
    private final HBox effects = new HBox();
    private Optional<RolloutRow.Key> shown = Optional.empty();

    LeverCard(LeverViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        wish = new CanarySliderModel(
                CanarySliderModel.Applying.in(bench.shell().environment()),
                bench.scheduler(),
                bench.ticker(),
                model::ask);
        slider = new CanarySlider(wish, bench.formats(), bench.texts());
        slider.setId("rollouts-lever");
        exact = new ExactShare(wish, bench.texts());
        apply = new MeshButton(MeshButton.Kind.PRIMARY, "", "fth-check").onPress(wish::confirm);
        apply.managedProperty().bind(apply.visibleProperty());
        apply.setMaxWidth(Double.MAX_VALUE);
        whatIf = new WhatIfModel(bench.commands());
        ask = new MeshButton(MeshButton.Kind.SECONDARY, text("whatif.ask"), "fth-help-circle").onPress(this::whatIf);
        ask.visibleProperty().bind(apply.visibleProperty());
        ask.managedProperty().bind(apply.visibleProperty());
        ask.setMaxWidth(Double.MAX_VALUE);
        refusal.managedProperty().bind(refusal.visibleProperty());
        managedProperty().bind(visibleProperty());
        getStyleClass().addAll("mesh-card", "rollouts-card", "rollouts-lever");
        getChildren().addAll(head(), slider, foot(), refusal, new WhatIfView(whatIf, bench));
        model.lever().subscribe(now -> {
            setVisible(now.isPresent());
            now.ifPresentOrElse(this::show, whatIf::forget);
        });
        model.refusal().subscribe(this::refuse);
        wish.askedProperty().subscribe(now -> {
            whatIf.forget();
            model.lever().get().ifPresent(this::words);
        });
    }

    /** @param reason nothing can be changed now; empty while it can */
    void block(String reason) {
        slider.blockedReasonProperty().set(reason);
        apply.blockedReasonProperty().set(reason);
        exact.block(reason);
    }

    /** Forgets a wish that was not sent. */
    void leave() {
        if (wish.applying() == CanarySliderModel.Applying.ON_ENTER) {
            wish.undo();
        }
    }

    private HBox head() {
        caption.getStyleClass().add("mesh-caption");
        since.getStyleClass().addAll("mesh-caption", "mesh-muted");
        VBox figures = new VBox(caption, asked, since);
        figures.getStyleClass().add("rollouts-lever-figure");
        figures.setMinWidth(USE_PREF_SIZE);
        effect.getStyleClass().add("mesh-semibold");
        effect.setWrapText(true);
        effect.setMinHeight(USE_PREF_SIZE);
        VBox words = new VBox(effect, detail);
        words.getStyleClass().add("rollouts-lever-words");
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        VBox buttons = new VBox(apply, ask);
        buttons.getStyleClass().add("rollouts-lever-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.setMinWidth(USE_PREF_SIZE);
        effects.getChildren().addAll(words, buttons);
        effects.getStyleClass().add("rollouts-lever-effect");
        effects.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(effects, Priority.ALWAYS);
        HBox head = new HBox(figures, effects);
        head.getStyleClass().add("rollouts-lever-head");
        return head;
    }

    private FlowPane foot() {
        MeshButton copy = new MeshButton(MeshButton.Kind.QUIET, text("rollouts.lever.copy"), "fth-copy")
                .small()
                .onPress(() -> model.lever().get().ifPresent(this::copy));
        FlowPane foot = new FlowPane(exact, copy, new SliderKeys(bench.texts()));
        foot.getStyleClass().add("rollouts-lever-foot");
        return foot;
    }

    private void copy(Lever lever) {
        new Feedback(bench)
                .copied("signalbox canary weight " + lever.rollout().service() + " "
                        + lever.share().version() + "="
                        + wish.askedProperty()
                                .get()
                                .orElse(wish.inForceProperty().get()));
    }

    /** Asks about the share that is asked for and not in force. */
    private void whatIf() {
        model.lever()
                .get()
                .ifPresent(lever -> wish.askedProperty()
                        .get()
                        .ifPresent(percent -> whatIf.ask(Question.ofWeights(
                                lever.rollout().service(), Map.of(lever.share().version(), new Weight(percent))))));
    }

    private void show(Lever lever) {
        Optional<RolloutRow.Key> key = Optional.of(RolloutRow.key(lever.rollout()));
        if (!key.equals(shown)) {
            shown = key;
            wish.refused();
            slider.setName(lever.rollout().service() + " " + lever.share().version());
        }
        VersionShare share = lever.share();
        wish.inForceProperty().set(share.asked().percent());
        slider.setGot(
                lever.split().counted() == 0
                        ? Optional.empty()
                        : Optional.of(new CanarySlider.Got(share.share(), share.low(), share.high())));
        words(lever);
    }

    private void words(Lever lever) {
        int now = wish.inForceProperty().get();
        int from = wish.from();
        int to = wish.askedProperty().get().orElse(now);
        caption.setText(text("rollouts.lever.asked", lever.share().version()));
        asked.set(Integer.toString(to), "%");
        since.setText(text(
                "rollouts.lever.since",
                bench.formats().clock(lever.split().since()),
                bench.formats().count(lever.split().revision())));
        boolean moving = wish.askedProperty().get().isPresent() && to != from;
        effects.pseudoClassStateChanged(ASKED, moving);
        apply.setVisible(moving && wish.applying() == CanarySliderModel.Applying.ON_ENTER);
        apply.setText(text("rollouts.lever.set", bench.formats().percent(to)));
        if (moving) {
            double moved = lever.movedPerSecond(from, to);
            effect.setText(
                    moved > 0
                            ? text("rollouts.lever.moves", bench.formats().requestRate(moved), lever.gaining(from, to))
                            : text("rollouts.lever.moves.none", lever.rollout().service()));
            detail.setText(text(
                    lever.isInStage()
                            ? "rollouts.lever.from.stage"
                            : lever.goesByItself() ? "rollouts.lever.from.wheel" : "rollouts.lever.from",
                    lever.share().version(),
                    bench.formats().percent(from),
                    bench.formats().percent(to)));
        } else {
            effect.setText(text("rollouts.lever.idle", bench.formats().requestRate(lever.perSecond())));
            detail.setText(text(
                    lever.isInStage()
                            ? "rollouts.lever.stage"
                            : lever.goesByItself() ? "rollouts.lever.wheel" : "rollouts.lever.held"));
        }
    }

    private void refuse(@Nullable String why) {
        refusal.setVisible(why != null);
        refusal.setText(why == null ? "" : text("rollouts.lever.refused", why));
        if (why != null) {
            wish.refused();
        }
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
