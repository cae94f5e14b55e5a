package io.signalbox.console.breakers;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.Counterfactual;
import io.signalbox.mesh.autopsy.RecordedCall;
import io.signalbox.mesh.autopsy.RefusedSource;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.resilience.Replayed.Certainty;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** Why a circuit opened: a sentence, the calls, what other settings had done, and who was refused since. */
final class AutopsyPane extends VBox {

    private final Workbench bench;
    private final AutopsyWords words;
    private final AutopsyViewModel model;
    private final CallStrip strip;
    private final Label sentence = new Label();
    private final Label caption = new Label();
    private final Label call = new Label();
    private final MeshButton explain;
    private final VBox others = new VBox();
    private final VBox refused = new VBox();
    private final HBox body;
    private final Subscription following;

    AutopsyPane(Workbench bench, String circuit) {
        this.bench = bench;
        words = new AutopsyWords(bench.texts(), bench.formats());
        model = new AutopsyViewModel(bench.commands(), bench.scheduler(), circuit);
        strip = new CallStrip(words);
        explain = new MeshButton(MeshButton.Kind.SECONDARY, words.text("breakers.why.explain"), "fth-list").small();
        explain.setId("explain-call");
        explain.onPress(() -> strip.call().ifPresent(this::open));
        strip.onOpen(this::open);
        getStyleClass().add("autopsy");
        setId("autopsy");
        sentence.getStyleClass().add("autopsy-sentence");
        sentence.setWrapText(true);
        body = body();
        getChildren().addAll(heading("breakers.why"), sentence, body);
        following = model.findings().subscribe(this::show).and(strip.chosen().subscribe(now -> chosen()));
    }

    void follow(BreakerStatus now) {
        model.follow(now);
    }

    void close() {
        following.unsubscribe();
        model.close();
    }

    private HBox body() {
        caption.getStyleClass().add("mesh-caption");
        call.getStyleClass().addAll("mesh-mono", "mesh-small");
        call.setWrapText(true);
        call.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(call, Priority.ALWAYS);
        explain.setMinWidth(USE_PREF_SIZE);
        HBox chosen = new HBox(call, explain);
        chosen.getStyleClass().add("screen-pair");
        chosen.setAlignment(Pos.CENTER_LEFT);
        VBox left = new VBox(caption, strip, chosen);
        left.getStyleClass().add("circuit-left");
        left.setMinWidth(0);
        HBox.setHgrow(left, Priority.ALWAYS);
        others.getStyleClass().add("autopsy-list");
        refused.getStyleClass().add("autopsy-list");
        Label replayed = new Label(words.text("breakers.why.replayed"));
        replayed.getStyleClass().addAll("mesh-caption", "mesh-muted");
        replayed.setWrapText(true);
        VBox right =
                new VBox(heading("breakers.why.others"), others, replayed, heading("breakers.why.refused"), refused);
        right.getStyleClass().add("circuit-right");
        HBox both = new HBox(left, right);
        both.getStyleClass().add("circuit-body");
        return both;
    }

    private Label heading(String key) {
        Label heading = new Label(words.text(key));
        heading.getStyleClass().add("mesh-h3");
        return heading;
    }

    private void show(Findings now) {
        boolean told = now instanceof Findings.Told;
        body.setVisible(told);
        body.setManaged(told);
        switch (now) {
            case Findings.Asked() -> sentence.setText(words.text("breakers.why.asked"));
            case Findings.Never() -> sentence.setText(words.text("breakers.why.never"));
            case Findings.Failed(String why) -> sentence.setText(words.text("breakers.why.unanswered", why));
            case Findings.Told(CircuitAutopsy circuit) -> tell(circuit);
        }
    }

    private void tell(CircuitAutopsy circuit) {
        sentence.setText(words.sentence(circuit));
        caption.setText(bench.texts()
                .counted(
                        circuit.earlierCalls() == 0 ? "breakers.why.calls" : "breakers.why.calls.cut",
                        circuit.calls().size(),
                        bench.formats().count(circuit.calls().size()),
                        bench.formats().count(circuit.earlierCalls())));
        strip.show(circuit);
        chosen();
        others.getChildren()
                .setAll(circuit.counterfactuals().stream().map(this::other).toList());
        refused.getChildren()
                .setAll(circuit.refused().stream().map(this::source).toList());
    }

    private void chosen() {
        strip.call().ifPresent(now -> {
            call.setText(words.line(now));
            explain.blockedReasonProperty()
                    .set(
                            now.requestId() == null
                                    ? words.text("breakers.why.explain.none")
                                    : now.explained() ? "" : words.text("breakers.why.explain.gone"));
        });
    }

    private void open(RecordedCall asked) {
        String id = asked.requestId();
        if (id != null && asked.explained()) {
            bench.shell().open(ScreenId.REQUESTS, id);
        }
    }

    private Node other(Counterfactual other) {
        LampState lamp = AutopsyWords.lamp(other);
        Label setting = new Label(words.setting(other));
        setting.getStyleClass().addAll("mesh-mono", "mesh-small");
        Label outcome = new Label(words.outcome(other));
        outcome.getStyleClass().addAll("mesh-small", "mesh-medium", lamp.textStyle());
        Tag certainty = Tag.plain(words.certainty(other.certainty()));
        certainty.setMinWidth(USE_PREF_SIZE);
        certainty.getStyleClass().add(other.certainty() == Certainty.EXACT ? "autopsy-exact" : "autopsy-estimate");
        return row(List.of(new Lamp(lamp), together(setting, outcome), certainty));
    }

    private Node source(RefusedSource source) {
        Label name = new Label(source.sourceInstance());
        name.getStyleClass().addAll("mesh-mono", "mesh-small");
        Label calls = new Label(words.source(source));
        calls.getStyleClass().addAll("mesh-small", "mesh-muted");
        return row(List.of(new Lamp(LampState.of(source.state())), together(name, calls)));
    }

    /** Side by side where there is room, else one below the other, and each in as many lines as it needs. */
    private static FlowPane together(Label first, Label second) {
        FlowPane both = new FlowPane(first, second);
        both.getStyleClass().add("autopsy-pair");
        both.setMinWidth(0);
        both.setAlignment(Pos.CENTER_LEFT);
        for (Label label : List.of(first, second)) {
            label.setWrapText(true);
            label.maxWidthProperty().bind(both.widthProperty());
        }
        HBox.setHgrow(both, Priority.ALWAYS);
        return both;
    }

    private static HBox row(List<Node> cells) {
        HBox row = new HBox(cells.toArray(Node[]::new));
        row.getStyleClass().add("autopsy-row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
