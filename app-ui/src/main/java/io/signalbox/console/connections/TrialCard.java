package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.remote.ProbeFinding;
import io.signalbox.mesh.client.remote.ProbeFinding.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The staged test of a profile as a track of five stations for each address, and the buttons that lead to the mesh and back. */
final class TrialCard extends VBox {

    private final ConnectionsViewModel model;
    private final Workbench bench;
    private final ProfileEditor editor;
    private final Label title = new Label();
    private final Label sentence = new Label();
    private final VBox stations = new VBox();
    private final MeshButton test;
    private final MeshButton connect;
    private final MeshButton disconnect;

    TrialCard(ConnectionsViewModel model, Workbench bench, ProfileEditor editor) {
        this.model = model;
        this.bench = bench;
        this.editor = editor;
        getStyleClass().addAll("mesh-card", "connections-trial");
        title.getStyleClass().add("mesh-h2");
        sentence.getStyleClass().add("mesh-muted");
        sentence.setWrapText(true);
        stations.getStyleClass().add("connections-stations");
        test = new MeshButton(MeshButton.Kind.SECONDARY, text("connections.test"), "fth-refresh-cw")
                .onPress(() -> start(Trial.Intent.LOOK));
        test.setId("connections-test");
        connect = new MeshButton(MeshButton.Kind.PRIMARY, text("connections.connect"), "fth-link")
                .onPress(() -> start(Trial.Intent.CONNECT));
        connect.setId("connections-connect");
        disconnect = new MeshButton(MeshButton.Kind.SECONDARY, text("connections.disconnect"), "fth-x")
                .onPress(model.switchboard()::detach);
        disconnect.setId("connections-disconnect");
        HBox head = new HBox(title, Page.space(), test, disconnect, connect);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("mesh-buttons");
        getChildren().addAll(head, sentence, stations);
        model.chosen().subscribe(now -> show());
        model.trial().subscribe((before, now) -> show());
    }

    private void start(Trial.Intent intent) {
        model.chosen().get().ifPresent(profile -> model.test(profile, intent, editor.passphrase()));
    }

    private void show() {
        Optional<ConnectionProfile> chosen = model.chosen().get();
        Optional<Trial> trial = model.trial().get().filter(one -> chosen.equals(Optional.of(one.profile())));
        boolean running =
                trial.filter(one -> one.progress() == Trial.Progress.RUNNING).isPresent();
        boolean connected =
                chosen.isEmpty() ? model.switchboard().attached().isEmpty() : model.isConnected(chosen.get());
        title.setText(text(chosen.isPresent() ? "connections.trial" : "connections.home"));
        sentence.setText(text(sentenceOf(chosen, connected)));
        setShown(stations, chosen.isPresent());
        setShown(test, chosen.isPresent());
        setShown(connect, chosen.isPresent() && !connected);
        setShown(disconnect, chosen.isEmpty() ? !connected : connected);
        disconnect.setText(text(chosen.isEmpty() ? "connections.home.back" : "connections.disconnect"));
        test.busyProperty().set(running);
        connect.blockedReasonProperty().set(running ? text("connections.running") : "");
        stations.getChildren().clear();
        List<Trial.Way> ways = trial.or(() -> chosen.map(one -> Trial.begun(one, Trial.Intent.LOOK)))
                .map(Trial::ways)
                .orElse(List.of());
        for (int at = 0; at < ways.size(); at++) {
            showWay(ways.get(at), at, ways.size());
        }
    }

    private void showWay(Trial.Way way, int at, int of) {
        if (of > 1) {
            Label address = line(way.address().toString(), "mesh-mono", "mesh-small");
            address.setId("way-" + (at + 1));
            stations.getChildren().add(address);
        }
        for (Stage stage : Stage.values()) {
            Node station = station(stage, way.of(stage));
            station.setId("station-" + key(stage) + (at == 0 ? "" : "-" + (at + 1)));
            stations.getChildren().add(station);
        }
    }

    private static String sentenceOf(Optional<ConnectionProfile> chosen, boolean connected) {
        if (chosen.isEmpty()) {
            return connected ? "connections.home.shown" : "connections.home.waits";
        }
        return connected ? "connections.shown" : "connections.trial.why";
    }

    private Node station(Stage stage, Optional<ProbeFinding> finding) {
        Lamp lamp = new Lamp(finding.map(TrialCard::lampOf).orElse(LampState.DISABLED));
        lamp.getStyleClass().add("mesh-lamp-tile");
        Region track = new Region();
        track.getStyleClass().add("connections-track");
        track.setVisible(stage != Stage.VERSION);
        VBox.setVgrow(track, Priority.ALWAYS);
        VBox line = new VBox(lamp, track);
        line.setAlignment(Pos.TOP_CENTER);
        Label name = new Label(text("connections.stage." + key(stage)));
        name.getStyleClass().add("mesh-semibold");
        VBox words = new VBox(name);
        words.getStyleClass().add("connections-words");
        finding.ifPresent(one -> {
            words.getChildren().add(line(told(one), "mesh-small", "mesh-muted"));
            remedy(one).ifPresent(what -> words.getChildren().add(line(what, "mesh-small")));
        });
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(0);
        Label took =
                new Label(finding.map(one -> bench.formats().latency(one.took().toNanos()))
                        .orElse(io.signalbox.console.format.Formats.NONE));
        took.getStyleClass().addAll("mesh-mono", "mesh-small", "mesh-muted");
        took.setMinWidth(Region.USE_PREF_SIZE);
        HBox station = new HBox(line, words, took);
        station.getStyleClass().add("connections-station");
        return station;
    }

    private static Label line(String words, String... styles) {
        Label label = new Label(words);
        label.getStyleClass().addAll(styles);
        label.setWrapText(true);
        label.setMinWidth(0);
        return label;
    }

    private String told(ProbeFinding finding) {
        return switch (finding) {
            case ProbeFinding.Passed(Stage stage, var took, String found) -> passed(stage, found);
            case ProbeFinding.Failed failed -> failed.why();
            case ProbeFinding.Unknown _ -> text("connections.unknown");
            case ProbeFinding.Changed _ -> text("connections.changed");
        };
    }

    private String passed(Stage stage, String found) {
        String key = stage == Stage.TLS && found.isEmpty() ? "plain" : key(stage);
        return bench.texts().get("connections.passed." + key, found);
    }

    /** What to do about it. */
    private Optional<String> remedy(ProbeFinding finding) {
        return switch (finding) {
            case ProbeFinding.Passed _ -> Optional.empty();
            case ProbeFinding.Failed failed ->
                Optional.of(
                        text("connections.trouble." + failed.trouble().name().toLowerCase(Locale.ROOT)));
            case ProbeFinding.Unknown _ -> Optional.of(text("connections.unknown.do"));
            case ProbeFinding.Changed _ -> Optional.of(text("connections.changed.do"));
        };
    }

    private static LampState lampOf(ProbeFinding finding) {
        return switch (finding) {
            case ProbeFinding.Passed _ -> LampState.CLOSED;
            case ProbeFinding.Unknown _ -> LampState.HALF_OPEN;
            case ProbeFinding.Failed _, ProbeFinding.Changed _ -> LampState.OPEN;
        };
    }

    private static String key(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private String text(String key) {
        return bench.texts().get(key);
    }
}
