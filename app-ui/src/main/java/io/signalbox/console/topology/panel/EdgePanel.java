package io.signalbox.console.topology.panel;

import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.Course;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.paint.NodeLamps;
import io.signalbox.console.topology.state.GraphWords;
import io.signalbox.console.topology.state.PolicyWatch;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Padlock;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The selected edge: its signals, its answers, its breaker, the policy in force, and what can be done. */
final class EdgePanel extends VBox {

    private final PanelParts parts;
    private final Texts texts;
    private final GraphWords words;
    private final BreakerDesk desk;
    private final FlowPane tags = new FlowPane();
    private final Signals signals;
    private final AnswersBlock answers;
    private final BreakerBlock breaker;
    private final PolicyBlock policy;
    private final GridPane buttons = new GridPane();
    private @Nullable BreakerState buttonsFor;
    private List<Object> tagsFor = List.of();
    private List<String> faults = List.of();
    private @Nullable GraphEdge current;

    EdgePanel(PanelParts parts) {
        this.parts = parts;
        texts = parts.texts();
        words = new GraphWords(texts, parts.formats());
        desk = new BreakerDesk(parts);
        signals = new Signals(texts, parts.formats());
        answers = new AnswersBlock(texts, parts.formats());
        breaker = new BreakerBlock(parts);
        policy = new PolicyBlock(texts);
        tags.getStyleClass().add("mesh-panel-tags");
        buttons.getStyleClass().add("mesh-panel-buttons");
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        buttons.getColumnConstraints().addAll(half, half);
        getStyleClass().add("mesh-panel-content");
        getChildren().addAll(tags, signals, answers, breaker, policy);
    }

    void show(GraphEdge edge, GraphModel graph) {
        current = edge;
        showTags(edge);
        Course course = parts.viewModel().history().edge(edge.id());
        signals.show(edge.status().stats(), edge.status().inFlight(), course, event(edge, course));
        answers.show(edge.status().answers());
        breaker.show(edge, graph);
        showButtons(edge.breaker().state());
    }

    /** What can be done, for the foot of the panel. */
    Node buttons() {
        return buttons;
    }

    void showPolicy(Optional<PolicyText> text) {
        faults = FaultTags.inForce(text);
        GraphEdge edge = current;
        if (edge != null) {
            showTags(edge);
        }
        policy.show(
                text.map(PolicyWatch::body).orElse(""),
                text.map(PolicyText::revision).orElse(0L));
    }

    /** Where in the course the breaker moved to what it is now. */
    private static OptionalInt event(GraphEdge edge, Course course) {
        Instant since = edge.breaker().since();
        if (since == null || edge.breaker().state() == BreakerState.CLOSED) {
            return OptionalInt.empty();
        }
        long ago = Duration.between(since, course.newest()).toSeconds();
        return ago < 0 || ago >= Course.SECONDS
                ? OptionalInt.empty()
                : OptionalInt.of((int) (Course.SECONDS - 1 - ago));
    }

    private void showTags(GraphEdge edge) {
        List<Object> now = List.of(
                edge.breaker().state(), edge.status().protocol(), edge.status().security(), faults);
        if (now.equals(tagsFor)) {
            return;
        }
        tagsFor = now;
        List<Tag> shown = new ArrayList<>();
        BreakerState state = edge.breaker().state();
        shown.add(Tag.of(NodeLamps.of(state), words.breaker(state)));
        shown.add(Tag.plain(
                texts.get("topology.protocol." + edge.status().protocol().wireName())));
        Security security = edge.status().security();
        Tag secured = Tag.plain(words.security(security));
        if (security != Security.IDLE) {
            secured.setGraphic(
                    new Padlock(security == Security.MTLS ? Padlock.Protection.MUTUAL_TLS : Padlock.Protection.PLAIN));
        }
        shown.add(secured);
        FaultTags.of(faults, texts).ifPresent(shown::add);
        tags.getChildren().setAll(shown);
    }

    private void showButtons(BreakerState state) {
        if (state == buttonsFor) {
            return;
        }
        buttonsFor = state;
        List<BreakerCommand> commands = BreakerBlock.commands(state);
        List<MeshButton> shown = new ArrayList<>();
        for (BreakerCommand command : commands) {
            MeshButton button = new MeshButton(kind(command), texts.get(buttonKey(command)));
            button.setId("breaker-" + command.name().toLowerCase(Locale.ROOT));
            shown.add(button.onPress(() -> {
                GraphEdge edge = current;
                if (edge != null) {
                    desk.move(edge, command);
                }
            }));
        }
        shown.add(new MeshButton(MeshButton.Kind.SECONDARY, texts.get("topology.copy-cli"), "fth-copy").onPress(() -> {
            GraphEdge edge = current;
            if (edge != null) {
                desk.copy(edge, commands.getFirst());
            }
        }));
        buttons.getChildren().clear();
        for (int i = 0; i < shown.size(); i++) {
            shown.get(i).setMaxWidth(Double.MAX_VALUE);
            buttons.add(shown.get(i), i % 2, i / 2);
        }
    }

    private static MeshButton.Kind kind(BreakerCommand command) {
        return command == BreakerCommand.OPEN ? MeshButton.Kind.DANGER : MeshButton.Kind.SECONDARY;
    }

    private static String buttonKey(BreakerCommand command) {
        return "topology.breaker." + command.name().toLowerCase(Locale.ROOT) + ".button";
    }

    /** The policy's own text. */
    private static final class PolicyBlock extends VBox {

        private final Texts texts;
        private final BlockTitle title;
        private final Label body = new Label();

        PolicyBlock(Texts texts) {
            this.texts = texts;
            title = new BlockTitle(texts.get("topology.panel.policy"));
            body.setWrapText(true);
            body.setMinHeight(Region.USE_PREF_SIZE);
            body.getStyleClass().addAll("mesh-mono", "mesh-small", "mesh-policy-text");
            getStyleClass().add("mesh-panel-block");
            getChildren().addAll(title, body);
            show("", 0);
        }

        void show(String text, long revision) {
            setVisible(!text.isEmpty());
            setManaged(!text.isEmpty());
            body.setText(text);
            title.aside(
                    revision == 0
                            ? texts.get("topology.panel.policy.default")
                            : texts.get("topology.panel.policy.revision", revision));
        }
    }
}
