package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.Screen;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.remote.ProbeFinding;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The screen of connections: which meshes there are, how the way to one is, and which one the console shows. */
public final class ConnectionsScreen implements Screen {

    private final ConnectionsViewModel model;
    private final Workbench bench;
    private final ProfileList list;
    private final ProfileEditor editor;
    private final TrialCard trial;
    private final Label problem = new Label();
    private final Page page;
    private Optional<Trial> asked = Optional.empty();

    public ConnectionsScreen(Workbench bench, ConnectionParts parts) {
        this.bench = bench;
        model = new ConnectionsViewModel(parts, bench.ticker());
        list = new ProfileList(model, bench);
        editor = new ProfileEditor(model, bench);
        trial = new TrialCard(model, bench, editor);
        problem.getStyleClass().addAll("mesh-field-error", "connections-problem");
        problem.setWrapText(true);
        problem.setId("connections-problem");
        VBox right = new VBox(problem, editor, trial);
        right.getStyleClass().add("connections-right");
        var scroll = Page.scrolling(right);
        HBox.setHgrow(scroll, Priority.ALWAYS);
        HBox content = new HBox(list, scroll);
        content.getStyleClass().add("connections");
        page = new Page(bench, ScreenId.CONNECTIONS, content);
        page.getStylesheets().add(sheet());
        MeshButton fresh = new MeshButton(
                        MeshButton.Kind.SECONDARY, bench.texts().get("connections.new"), "fth-plus")
                .onPress(editor::begin);
        fresh.setId("connections-new");
        page.with(fresh);
        model.problem().subscribe(why -> {
            problem.setText(why);
            problem.setVisible(!why.isEmpty());
            problem.setManaged(!why.isEmpty());
        });
        model.trial().subscribe(now -> now.ifPresent(this::askWhereNeeded));
    }

    /** Also for what lies over the screen. */
    static String sheet() {
        return Objects.requireNonNull(ConnectionsScreen.class.getResource("connections.css"))
                .toExternalForm();
    }

    @Override
    public ScreenId id() {
        return ScreenId.CONNECTIONS;
    }

    @Override
    public Node view() {
        return page;
    }

    @Override
    public void shown() {
        model.refresh();
    }

    @Override
    public void hidden() {}

    @Override
    public void focusFilter() {
        list.focusFirst();
    }

    /** A certificate that nobody compared, or another than the compared one, is a person's to decide on; asked once. */
    private void askWhereNeeded(Trial now) {
        if (now.progress() == Trial.Progress.RUNNING || asked.equals(Optional.of(now))) {
            return;
        }
        asked = Optional.of(now);
        now.toDecide().ifPresent(finding -> ask(now, finding));
    }

    private void ask(Trial now, ProbeFinding finding) {
        ConnectionProfile profile = now.profile();
        switch (finding) {
            case ProbeFinding.Unknown unknown -> {
                TrustDialog dialog = new TrustDialog(profile, unknown.presented(), bench, compared -> {
                    bench.shell().overlays().closeCard();
                    model.trust(profile, compared, now.intent());
                });
                bench.shell().overlays().card(dialog, dialog.safeButton());
            }
            case ProbeFinding.Changed changed -> {
                ChangedDialog dialog = new ChangedDialog(profile, changed, bench, () -> model.forgetTrust(profile));
                bench.shell().overlays().card(dialog, dialog.safeButton());
            }
            case ProbeFinding.Passed _, ProbeFinding.Failed _ -> {}
        }
    }
}
