package io.signalbox.console.topology.panel;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.MoveReasons;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.BreakerMark;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.paint.NodeLamps;
import io.signalbox.console.widget.Lamp;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.status.BreakerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The breaker of the selected edge: the time to its next trial, how it came here, and each circuit. */
final class BreakerBlock extends VBox {

    private static final int MOST_CIRCUITS = 6;

    private final PanelParts parts;
    private final Texts texts;
    private final Formats formats;
    private final BlockTitle title;
    private final ProgressBar waiting = new ProgressBar();
    private final Label sentence = new Label();
    private final VBox circuits = new VBox();
    private List<BreakerStatus> shown = List.of();

    BreakerBlock(PanelParts parts) {
        this.parts = parts;
        texts = parts.texts();
        formats = parts.formats();
        title = new BlockTitle(texts.get("topology.panel.breaker"));
        waiting.getStyleClass().addAll("mesh-progress", "mesh-breaker-progress");
        waiting.setMaxWidth(Double.MAX_VALUE);
        sentence.getStyleClass().addAll("mesh-small", "mesh-muted");
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        circuits.getStyleClass().add("mesh-circuits");
        getStyleClass().add("mesh-panel-block");
        getChildren().addAll(title, waiting, sentence, circuits);
    }

    void show(GraphEdge edge, GraphModel graph) {
        BreakerMark mark = edge.breaker();
        Instant probe = mark.nextProbe();
        waiting.setVisible(probe != null);
        waiting.setManaged(probe != null);
        if (probe == null) {
            title.aside("");
        } else {
            Duration left = Duration.between(graph.at(), probe);
            title.aside(texts.get("topology.panel.next-probe", formats.countdown(left)));
            waiting.setProgress(elapsed(edge, left));
        }
        String words = sentence(edge);
        if (!words.equals(sentence.getText())) {
            sentence.setText(words);
        }
        List<BreakerStatus> now = edge.circuits().stream()
                .sorted(Comparator.comparingInt(BreakerBlock::rank).thenComparing(BreakerStatus::id))
                .limit(MOST_CIRCUITS)
                .toList();
        if (!now.equals(shown)) {
            shown = now;
            circuits.getChildren().setAll(now.stream().map(this::circuit).toList());
            if (edge.circuits().size() > MOST_CIRCUITS) {
                Label more = new Label(texts.get(
                        "topology.panel.more-circuits", edge.circuits().size() - MOST_CIRCUITS));
                more.getStyleClass().add("mesh-caption");
                circuits.getChildren().add(more);
            }
        }
    }

    private static double elapsed(GraphEdge edge, Duration left) {
        return edge.circuits().stream()
                .filter(circuit -> circuit.state() == BreakerState.OPEN)
                .findFirst()
                .map(circuit -> 1
                        - (double) left.toMillis()
                                / circuit.config().openDuration().toMillis())
                .map(part -> Math.clamp(part, 0.0, 1.0))
                .orElse(0.0);
    }

    private static int rank(BreakerStatus circuit) {
        return switch (circuit.state()) {
            case OPEN -> 0;
            case FORCED_OPEN -> 1;
            case HALF_OPEN -> 2;
            case CLOSED -> 3;
            case DISABLED -> 4;
        };
    }

    private String sentence(GraphEdge edge) {
        BreakerMark mark = edge.breaker();
        Instant at = mark.since();
        String since = at == null ? Formats.NONE : formats.clock(at);
        return switch (mark.state()) {
            case OPEN -> {
                String opened = parts.events()
                        .opened(edge.id())
                        .map(moved -> MoveReasons.of(moved, texts, formats))
                        .map(why -> texts.get("topology.panel.opened.why", since, why))
                        .orElseGet(() -> texts.get("topology.panel.opened", since));
                yield opened + " "
                        + texts.counted("topology.panel.refused", mark.refused(), formats.count(mark.refused()));
            }
            case FORCED_OPEN -> {
                String note = mark.note();
                yield texts.get("topology.panel.forced", since, note == null || note.isBlank() ? Formats.NONE : note);
            }
            case HALF_OPEN -> texts.get("topology.panel.trial", since, mark.trials(), mark.trialLimit());
            case CLOSED -> closed(edge);
            case DISABLED -> texts.get("topology.panel.disabled");
        };
    }

    private String closed(GraphEdge edge) {
        if (edge.circuits().isEmpty()) {
            return texts.get("topology.panel.no-circuits");
        }
        CircuitBreakerConfig config = edge.circuits().getFirst().config();
        return texts.get(
                "topology.panel.closed",
                config.failureThreshold(),
                formats.span(config.openDuration()),
                config.halfOpenRequests());
    }

    private HBox circuit(BreakerStatus status) {
        Label name = new Label(status.id().replace("->", " → "));
        name.getStyleClass().addAll("mesh-mono", "mesh-small");
        name.setMinWidth(0);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label fact = new Label(fact(status));
        fact.getStyleClass().addAll("mesh-caption", "mesh-mono");
        fact.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(new Lamp(NodeLamps.of(status.state())), name, space, fact);
        row.getStyleClass().add("mesh-circuit");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private String fact(BreakerStatus status) {
        return switch (status.state()) {
            case OPEN, FORCED_OPEN -> texts.get("topology.panel.circuit.refused", formats.count(status.refused()));
            case HALF_OPEN -> status.trialsAdmitted() + "/" + status.config().halfOpenRequests();
            case CLOSED, DISABLED ->
                texts.get(
                        "topology.panel.circuit.failed",
                        formats.count(status.failures()),
                        formats.count(status.calls()));
        };
    }

    /** The commands that make sense in a state, the one most wanted first. */
    static List<BreakerCommand> commands(BreakerState state) {
        return switch (state) {
            case CLOSED, DISABLED -> List.of(BreakerCommand.OPEN, BreakerCommand.RESET);
            case OPEN, HALF_OPEN -> List.of(BreakerCommand.CLOSE, BreakerCommand.OPEN, BreakerCommand.RESET);
            case FORCED_OPEN -> List.of(BreakerCommand.CLOSE, BreakerCommand.RESET);
        };
    }
}
