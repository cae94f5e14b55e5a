package io.signalbox.console.topology.panel;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.VersionRow;
import io.signalbox.console.topology.paint.NodeLamps;
import io.signalbox.console.topology.state.GraphWords;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.Tag;
import io.signalbox.console.widget.VersionBadge;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.status.AnswerCount;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The selected service: its signals, its versions with their instances, and how it was answered for. */
final class ServicePanel extends VBox {

    private final PanelParts parts;
    private final Texts texts;
    private final Formats formats;
    private final GraphWords words;
    private final FlowPane tags = new FlowPane();
    private final Signals signals;
    private final AnswersBlock answers;
    private final VBox versions = new VBox();
    private final VBox versionBlock = new VBox();
    private List<VersionStatus> shown = List.of();
    private Optional<Tag> faulty = Optional.empty();

    ServicePanel(PanelParts parts) {
        this.parts = parts;
        texts = parts.texts();
        formats = parts.formats();
        words = new GraphWords(texts, formats);
        signals = new Signals(texts, formats);
        answers = new AnswersBlock(texts, formats);
        tags.getStyleClass().add("mesh-panel-tags");
        versions.getStyleClass().add("mesh-versions");
        versionBlock.getStyleClass().add("mesh-panel-block");
        versionBlock.getChildren().addAll(new BlockTitle(texts.get("topology.panel.versions")), versions);
        getStyleClass().add("mesh-panel-content");
        getChildren().addAll(tags, signals, versionBlock, answers);
    }

    void show(GraphNode node, GraphModel graph) {
        tags.getChildren()
                .setAll(
                        Tag.of(NodeLamps.of(node.health()), words.health(node.health())),
                        Tag.plain(
                                texts.get("topology.protocol." + node.protocol().wireName())),
                        Tag.plain(words.security(node.security())));
        faulty.ifPresent(tags.getChildren()::add);
        int flying = node.versions().stream()
                .flatMap(version -> version.instances().stream())
                .mapToInt(InstanceStatus::inFlight)
                .sum();
        signals.show(node.stats(), flying, parts.viewModel().history().service(node.name()), OptionalInt.empty());
        answers.show(answers(node, graph));
        boolean any = !node.versions().isEmpty();
        versionBlock.setVisible(any);
        versionBlock.setManaged(any);
        if (!node.versions().equals(shown)) {
            shown = node.versions();
            List<Node> rows = new ArrayList<>();
            node.versions().forEach(version -> addVersion(rows, version, node));
            versions.getChildren().setAll(rows);
        }
    }

    /** Follows the service's policy, which may have faults in force. */
    void showPolicy(Optional<PolicyText> text) {
        faulty = FaultTags.of(FaultTags.inForce(text), texts);
    }

    /** What its callers were answered; for a client, what it was answered. */
    private static List<AnswerCount> answers(GraphNode node, GraphModel graph) {
        record Kind(int code, AnsweredBy by, @Nullable Cause cause) {}
        Map<Kind, Long> sums = new LinkedHashMap<>();
        graph.edges().stream()
                .filter(edge -> node.name()
                        .equals(
                                node.kind() == ServiceKind.CLIENT
                                        ? edge.id().source()
                                        : edge.id().destination()))
                .flatMap(edge -> edge.status().answers().stream())
                .forEach(count ->
                        sums.merge(new Kind(count.code(), count.by(), count.cause()), count.count(), Long::sum));
        return sums.entrySet().stream()
                .map(entry -> new AnswerCount(
                        entry.getKey().code(),
                        entry.getKey().by(),
                        entry.getKey().cause(),
                        entry.getValue()))
                .toList();
    }

    private void addVersion(List<Node> rows, VersionStatus version, GraphNode node) {
        Optional<VersionRow> row = node.rows().stream()
                .filter(candidate -> candidate.version().equals(version.version()))
                .findFirst();
        boolean candidate = row.map(VersionRow::part)
                .filter(VersionRow.Part.CANDIDATE::equals)
                .isPresent();
        VersionBadge badge =
                new VersionBadge(version.version(), candidate ? VersionBadge.Role.CANDIDATE : VersionBadge.Role.STABLE);
        Latency seen = version.stats().latency();
        String latency = seen == null ? Formats.NONE : formats.latency(seen.p99Nanos());
        rows.add(line(
                badge,
                figure(formats.rate(version.stats().requestsPerSecond())),
                figure(words.share(version.stats())),
                figure(latency)));
        version.instances().forEach(instance -> rows.add(instance(instance)));
    }

    private HBox instance(InstanceStatus status) {
        Label id = new Label(status.instance().instanceId());
        id.getStyleClass().addAll("mesh-mono", "mesh-small");
        id.setGraphic(new Lamp(NodeLamps.of(status.health())));
        id.setMinWidth(0);
        HBox row =
                line(id, figure(formats.rate(status.stats().requestsPerSecond())), figure(words.share(status.stats())));
        row.getStyleClass().add("mesh-instance");
        if (status.serving() != InstanceStatus.Serving.SERVING || status.running() == InstanceStatus.RunState.STOPPED) {
            Label word = new Label(texts.get(
                    status.running() == InstanceStatus.RunState.STOPPED
                            ? "topology.instance.stopped"
                            : "topology.instance." + status.serving().name().toLowerCase(Locale.ROOT)));
            word.getStyleClass().add("mesh-caption");
            row.getChildren().add(1, word);
        }
        return row;
    }

    private static HBox line(Node first, Label... figures) {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox row = new HBox(first, space);
        row.getChildren().addAll(figures);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("mesh-version-line");
        return row;
    }

    private static Label figure(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("mesh-mono", "mesh-small", "mesh-version-figure");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
