package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Question;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.layout.FlowPane;

/** What can be done about the chosen rollout, each asked about first, with a reason. */
final class RolloutButtons extends FlowPane {

    private final RolloutsViewModel model;
    private final Workbench bench;
    private final Feedback feedback;
    private final Map<RolloutAct, MeshButton> buttons = new EnumMap<>(RolloutAct.class);
    private Optional<RolloutStatus> shown = Optional.empty();

    RolloutButtons(RolloutsViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        feedback = new Feedback(bench);
        getStyleClass().add("rollouts-buttons");
        managedProperty().bind(visibleProperty());
        for (RolloutAct act : RolloutAct.values()) {
            MeshButton button = new MeshButton(kind(act), text(act, "button"), icon(act)).onPress(() -> ask(act));
            button.managedProperty().bind(button.visibleProperty());
            buttons.put(act, button);
            getChildren().add(button);
        }
    }

    /** @param reason nothing can be changed now; empty while it can */
    void block(String reason) {
        buttons.values().forEach(button -> button.blockedReasonProperty().set(reason));
    }

    void show(RolloutStatus rollout) {
        shown = Optional.of(rollout);
        buttons.forEach((act, button) -> button.setVisible(act.fits(rollout.phase())));
        setVisible(!rollout.phase().ended());
    }

    private void ask(RolloutAct act) {
        shown.ifPresent(rollout -> bench.shell()
                .overlays()
                .ask(
                        new Question(
                                asked(act, rollout, "title"),
                                asked(act, rollout, "sentence"),
                                asked(act, rollout, "confirm"),
                                icon(act),
                                act == RolloutAct.ROLL_BACK ? Question.Weight.DANGEROUS : Question.Weight.USUAL,
                                Question.Reason.REQUIRED),
                        reason -> model.act(
                                act, rollout, reason, feedback.telling(asked(act, rollout, "done"), reason))));
    }

    /** Rolling an A/B test back ends it, and moves nothing. */
    private String asked(RolloutAct act, RolloutStatus rollout, String part) {
        boolean ends = act == RolloutAct.ROLL_BACK && rollout.kind() == RolloutStatus.Kind.AB_TEST;
        return text(act, ends ? "ab." + part : part, values(rollout));
    }

    private Object[] values(RolloutStatus rollout) {
        return new Object[] {
            rollout.service(),
            rollout.stable(),
            rollout.candidate(),
            bench.formats().percent(rollout.weight().percent())
        };
    }

    private String text(RolloutAct act, String part, Object... values) {
        return bench.texts().get("rollouts." + act.id() + "." + part, values);
    }

    private static MeshButton.Kind kind(RolloutAct act) {
        return switch (act) {
            case ROLL_BACK -> MeshButton.Kind.DANGER;
            case RESUME -> MeshButton.Kind.PRIMARY;
            case PAUSE, PROMOTE, WITHDRAW -> MeshButton.Kind.SECONDARY;
        };
    }

    private static String icon(RolloutAct act) {
        return switch (act) {
            case PAUSE -> "fth-pause";
            case RESUME -> "fth-play";
            case ROLL_BACK -> "fth-rotate-ccw";
            case PROMOTE -> "fth-check";
            case WITHDRAW -> "fth-x";
        };
    }
}
