package io.signalbox.console.faults;

import atlantafx.base.controls.ToggleSwitch;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.FaultStatus;
import java.time.Instant;
import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** One planted fault: what it does, what it teaches, and its switch. */
final class FaultCard extends VBox {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final FaultsViewModel model;
    private final FaultRow row;
    private final Workbench bench;
    private final Label number = new Label();
    private final Label name = new Label();
    private final Tag service = Tag.plain("");
    private final ToggleSwitch toggle = new ToggleSwitch();
    private final Label summary = new Label();
    private final Label lesson = new Label();
    private final Label remark = new Label();
    private final MeshButton mend;
    private final ObservableValue<String> blocked;
    private final Tag state = Tag.of(LampState.DISABLED, "");
    private final Label since = new Label();
    private final Subscription following;
    private boolean showing;

    FaultCard(FaultsViewModel model, FaultRow row, Workbench bench, ObservableValue<String> blocked) {
        this.model = model;
        this.row = row;
        this.bench = bench;
        this.blocked = blocked;
        mend = new MeshButton(MeshButton.Kind.SECONDARY, bench.texts().get("faults.mend"), "fth-tool")
                .small()
                .onPress(() -> model.mend(row));
        mend.setAccessibleText(bench.texts().get("faults.mend.of", row.name()));
        mend.managedProperty().bind(mend.visibleProperty());
        remark.getStyleClass().addAll("mesh-small", "mesh-muted");
        remark.setWrapText(true);
        remark.setMinHeight(Region.USE_PREF_SIZE);
        remark.managedProperty().bind(remark.visibleProperty());
        getStyleClass().add("fault-card");
        setId("fault-" + row.name());
        number.getStyleClass().addAll("mesh-mono-medium", "fault-number");
        name.getStyleClass().addAll("mesh-h3", "fault-name");
        summary.setWrapText(true);
        summary.setMinHeight(Region.USE_PREF_SIZE);
        lesson.getStyleClass().addAll("mesh-small", "mesh-muted");
        lesson.setWrapText(true);
        lesson.setMinHeight(Region.USE_PREF_SIZE);
        since.getStyleClass().addAll("mesh-small", "mesh-muted");
        toggle.setId("switch-" + row.name());
        toggle.disableProperty().bind(blocked.map(why -> !why.isEmpty()));
        toggle.selectedProperty().subscribe((before, now) -> {
            if (!showing) {
                model.switchFault(row, now ? Switch.ON : Switch.OFF);
            }
        });
        getChildren().addAll(head(), summary, lesson, remark, space());
        GuidedRollout.of(row.name()).ifPresent(guided -> getChildren().add(guide(model, guided)));
        getChildren().add(foot());
        following = row.status()
                .subscribe(this::show)
                .and(row.position().subscribe(this::stand))
                .and(blocked.subscribe(_ -> blockMend(row.status().get())));
    }

    void close() {
        following.unsubscribe();
    }

    void select(boolean chosen) {
        pseudoClassStateChanged(SELECTED, chosen);
    }

    private HBox head() {
        HBox head = new HBox(number, name, service, Page.space(), toggle);
        head.getStyleClass().add("fault-head");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private MeshButton guide(FaultsViewModel model, GuidedRollout guided) {
        MeshButton button =
                new MeshButton(MeshButton.Kind.SECONDARY, bench.texts().get("faults.guide"), "fth-play").small();
        button.setAccessibleText(bench.texts().get("faults.guide.of", row.name()));
        button.blockedReasonProperty().bind(blocked);
        button.onPress(() -> {
            button.busyProperty().set(true);
            model.guide(row, guided, outcome -> {
                button.busyProperty().set(false);
                new Feedback(bench).onFailure().accept(outcome);
                if (outcome instanceof Outcome.Done) {
                    bench.shell().open(ScreenId.ROLLOUTS, GuidedRollout.SERVICE);
                }
            });
        });
        return button;
    }

    private HBox foot() {
        MeshButton copy = new MeshButton(MeshButton.Kind.QUIET, bench.texts().get("faults.copy"), "fth-copy")
                .small()
                .onPress(() -> new Feedback(bench).copied(commandLine()));
        copy.setAccessibleText(bench.texts().get("faults.copy.of", row.name()));
        HBox foot = new HBox(state, since, Page.space(), mend, copy);
        foot.getStyleClass().add("fault-head");
        foot.setAlignment(Pos.CENTER_LEFT);
        return foot;
    }

    /** The command that does what the switch would do next. */
    private String commandLine() {
        Switch next = row.position().get() == Switch.ON ? Switch.OFF : Switch.ON;
        return "signalbox fault " + next.name().toLowerCase(Locale.ROOT) + " " + row.name();
    }

    private static Region space() {
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        return space;
    }

    private void show(FaultStatus status) {
        number.setText(model.label(status));
        name.setText(status.name());
        service.setText(status.service());
        summary.setText(translated("summary", status.summary()));
        lesson.setText(bench.texts().get("faults.lesson", translated("lesson", status.lesson())));
        remark.setText(status.remark());
        remark.setVisible(!status.remark().isEmpty());
        mend.setVisible(!status.mend().isEmpty());
        blockMend(status);
        Instant at = status.since();
        since.setText(
                at == null
                        ? ""
                        : bench.texts().get("faults.since", bench.formats().clock(at)));
        since.setTooltip(at == null ? null : new Tooltip(bench.formats().clockUtc(at)));
        boolean on = status.position() == Switch.ON;
        state.setState(on ? LampState.HALF_OPEN : LampState.DISABLED);
        state.setText(bench.texts().get(on ? "faults.on" : "faults.off"));
        getStyleClass().remove("fault-on");
        if (on) {
            getStyleClass().add("fault-on");
        }
    }

    /** The mesh tells of its faults in English; what the console has words of its own for it says in its language. */
    private String translated(String part, String fromTheMesh) {
        String key = "faults.of." + row.name() + "." + part;
        String own = bench.texts().get(key);
        return own.equals(key) ? fromTheMesh : own;
    }

    private void blockMend(FaultStatus status) {
        mend.blockedReasonProperty()
                .set(
                        !blocked.getValue().isEmpty()
                                ? blocked.getValue()
                                : status.position() == Switch.OFF
                                        ? bench.texts().get("faults.mend.off")
                                        : "");
    }

    private void stand(Switch position) {
        showing = true;
        try {
            toggle.setSelected(position == Switch.ON);
        } finally {
            showing = false;
        }
        toggle.setAccessibleText(bench.texts()
                .get(
                        "faults.switch.spoken",
                        row.name(),
                        bench.texts().get(position == Switch.ON ? "faults.on" : "faults.off")));
    }
}
