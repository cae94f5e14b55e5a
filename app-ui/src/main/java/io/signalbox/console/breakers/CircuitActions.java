package io.signalbox.console.breakers;

import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Question;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.BreakerStatus;
import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What a person can do to circuits by hand, each with a question that says what it hits and asks why. */
final class CircuitActions {

    private final BreakersViewModel model;
    private final Workbench bench;
    private final BreakerWords words;
    private final Feedback feedback;
    private final StringProperty blocked;

    /** @param blocked why nothing can be changed now; empty while it can */
    CircuitActions(BreakersViewModel model, Workbench bench, BreakerWords words, StringProperty blocked) {
        this.model = model;
        this.bench = bench;
        this.words = words;
        this.blocked = blocked;
        feedback = new Feedback(bench);
    }

    StringProperty blocked() {
        return blocked;
    }

    void holdOpen(BreakerStatus circuit) {
        long others = siblings(circuit).stream()
                .filter(other -> !other.state().refuses() && !other.endpoint().equals(circuit.endpoint()))
                .count();
        String rest = others == 0
                ? words.text(
                        "breakers.hold.alone",
                        circuit.sourceInstance(),
                        circuit.edge().destination())
                : bench.texts()
                        .counted(
                                "breakers.hold.others",
                                others,
                                words.count(others),
                                circuit.edge().destination());
        ask(
                BreakerCommand.OPEN,
                circuit.id(),
                words.name(circuit),
                words.text(
                        "breakers.hold.sentence",
                        words.requestRate(circuit.calls()),
                        circuit.sourceInstance(),
                        circuit.endpoint(),
                        rest));
    }

    void holdOpen(CircuitGroup group) {
        ask(
                BreakerCommand.OPEN,
                group.edge().toString(),
                words.name(group.edge()),
                words.text(
                        "breakers.hold.all",
                        words.requestRate(group.summary().get().calls()),
                        group.edge().source(),
                        group.edge().destination(),
                        words.count(group.all().size())));
    }

    void closeNow(BreakerStatus circuit) {
        ask(
                BreakerCommand.CLOSE,
                circuit.id(),
                words.name(circuit),
                words.text(
                        "breakers.close.sentence",
                        circuit.sourceInstance(),
                        circuit.endpoint(),
                        words.count(circuit.refused()),
                        bench.formats().clock(circuit.since())));
    }

    void closeNow(CircuitGroup group) {
        CircuitGroup.Summary now = group.summary().get();
        ask(
                BreakerCommand.CLOSE,
                group.edge().toString(),
                words.name(group.edge()),
                words.text(
                        "breakers.close.all",
                        group.edge().source(),
                        group.edge().destination(),
                        words.count(now.refusing()),
                        words.count(now.refused())));
    }

    void reset(BreakerStatus circuit) {
        ask(
                BreakerCommand.RESET,
                circuit.id(),
                words.name(circuit),
                words.text(
                        "breakers.reset.sentence",
                        words.name(circuit),
                        words.count(circuit.failuresInARow()),
                        words.requestRate(circuit.calls())));
    }

    void copy(BreakerStatus circuit) {
        feedback.copied(BreakerWords.commandLine(circuit.state().refuses() ? "close" : "open", circuit.id()));
    }

    void showInTopology(BreakerStatus circuit) {
        bench.shell().open(ScreenId.TOPOLOGY, circuit.edge().toString());
    }

    /** Whether holding it open would change anything. */
    static boolean canHold(BreakerState state) {
        return switch (state) {
            case CLOSED, OPEN, HALF_OPEN -> true;
            case FORCED_OPEN, DISABLED -> false;
        };
    }

    /** Whether closing it would change anything. */
    static boolean canClose(BreakerState state) {
        return switch (state) {
            case OPEN, FORCED_OPEN, HALF_OPEN -> true;
            case CLOSED, DISABLED -> false;
        };
    }

    /** What can be done to a circuit as it is now. */
    ContextMenu menu(BreakerRow row) {
        BreakerStatus now = row.current();
        ContextMenu menu = new ContextMenu();
        if (canClose(now.state())) {
            menu.getItems().add(item("breakers.close", () -> closeNow(row.current())));
        }
        if (canHold(now.state())) {
            menu.getItems().add(item("breakers.hold", () -> holdOpen(row.current())));
        }
        if (now.state() != BreakerState.DISABLED) {
            menu.getItems().add(item("breakers.reset", () -> reset(row.current())));
            menu.getItems().add(new SeparatorMenuItem());
        }
        menu.getItems().add(free("breakers.copy", () -> copy(row.current())));
        menu.getItems().add(free("breakers.topology", () -> showInTopology(row.current())));
        return menu;
    }

    /** What can be done to all circuits of an edge. */
    ContextMenu menu(CircuitGroup group) {
        ContextMenu menu = new ContextMenu();
        if (group.all().stream().anyMatch(row -> canClose(row.current().state()))) {
            menu.getItems().add(item("breakers.close.all.menu", () -> closeNow(group)));
        }
        if (group.all().stream().anyMatch(row -> canHold(row.current().state()))) {
            menu.getItems().add(item("breakers.hold.all.menu", () -> holdOpen(group)));
        }
        menu.getItems()
                .add(free(
                        "breakers.copy",
                        () -> feedback.copied(BreakerWords.commandLine(
                                group.summary().get().refusing() > 0 ? "close" : "open",
                                group.edge().toString()))));
        menu.getItems()
                .add(free(
                        "breakers.topology",
                        () -> bench.shell().open(ScreenId.TOPOLOGY, group.edge().toString())));
        return menu;
    }

    private MenuItem item(String key, Runnable run) {
        MenuItem item = free(key, run);
        item.setDisable(!blocked.get().isEmpty());
        return item;
    }

    private MenuItem free(String key, Runnable run) {
        MenuItem item = new MenuItem(words.text(key));
        item.setOnAction(event -> run.run());
        return item;
    }

    private List<BreakerStatus> siblings(BreakerStatus circuit) {
        return model.groupOf(circuit.edge()).stream()
                .flatMap(group -> group.all().stream())
                .map(BreakerRow::current)
                .filter(other -> other.sourceInstance().equals(circuit.sourceInstance()))
                .toList();
    }

    private void ask(BreakerCommand command, String circuits, String name, String sentence) {
        String key = switch (command) {
            case OPEN -> "breakers.hold";
            case CLOSE -> "breakers.close";
            case RESET -> "breakers.reset";
        };
        String icon = switch (command) {
            case OPEN -> "fth-zap-off";
            case CLOSE -> "fth-zap";
            case RESET -> "fth-rotate-ccw";
        };
        Question question = new Question(
                words.text(key + ".title", name),
                sentence,
                words.text(key + ".confirm"),
                icon,
                command == BreakerCommand.OPEN ? Question.Weight.DANGEROUS : Question.Weight.USUAL,
                Question.Reason.REQUIRED);
        bench.shell()
                .overlays()
                .ask(
                        question,
                        reason -> model.command(
                                circuits, command, reason, feedback.telling(words.text(key + ".done", name), reason)));
    }
}
