package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.profiles.Environment;
import io.signalbox.console.profiles.SecretPlace;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Question;
import io.signalbox.console.widget.Segmented;
import io.signalbox.mesh.client.remote.ServerTrust;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** One profile's name, address, environment, whom to believe there, and where its token is. */
final class ProfileEditor extends VBox {

    private final ConnectionsViewModel model;
    private final Workbench bench;
    private final Label title = new Label();
    private final TextField name = new TextField();
    private final TextField address = new TextField();
    private final TextField ca = new TextField();
    private final TextField tokenFile = new TextField();
    private final PasswordField token = new PasswordField();
    private final PasswordField passphrase = new PasswordField();
    private final Segmented<Environment> environment;
    private final Segmented<Draft.Place> place;
    private final Label trust = new Label();
    private final Label keyring = new Label();
    private final Node tokenField;
    private final Node fileField;
    private final Node passphraseField;
    private final MeshButton remove;
    private final MeshButton save;

    ProfileEditor(ConnectionsViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        getStyleClass().addAll("mesh-card", "connections-editor");
        setId("connections-editor");
        title.getStyleClass().add("mesh-h2");
        title.setMinWidth(0);
        environment = new Segmented<>(Arrays.stream(Environment.values())
                .map(one -> Segmented.Choice.of(
                        one, text("environment." + one.name().toLowerCase(Locale.ROOT))))
                .toList());
        place = new Segmented<>(Arrays.stream(Draft.Place.values())
                .map(one -> Segmented.Choice.of(
                        one, text("connections.place." + one.name().toLowerCase(Locale.ROOT))))
                .toList());
        remove = new MeshButton(MeshButton.Kind.DANGER, text("connections.remove"), "fth-minus")
                .onPress(this::askToRemove);
        save = new MeshButton(MeshButton.Kind.SECONDARY, text("connections.save"), "fth-check").onPress(this::save);
        save.setId("connections-save");
        HBox head = new HBox(title, Page.space(), remove, save);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("mesh-buttons");
        for (Label note : List.of(trust, keyring)) {
            note.getStyleClass().addAll("mesh-small", "mesh-muted");
            note.setWrapText(true);
        }
        tokenField = field("connections.token", token, "connections-token");
        fileField = field("connections.token.file", tokenFile, "connections-token-file");
        passphraseField = field("connections.passphrase", passphrase, "connections-passphrase");
        FlowPane fields = new FlowPane(
                field("connections.name", name, "connections-name"),
                field("connections.address", address, "connections-address"),
                labelled("connections.environment", environment),
                field("connections.ca", ca, "connections-ca"),
                labelled("connections.place", place),
                tokenField,
                fileField,
                passphraseField);
        fields.getStyleClass().add("connections-fields");
        getChildren().addAll(head, fields, trust, keyring);
        model.chosen().subscribe((before, now) -> show(now));
        place.valueProperty().subscribe((before, now) -> showPlace());
        model.keyring().subscribe((before, now) -> showPlace());
        show(model.chosen().get());
    }

    /** Begins a new profile. */
    void begin() {
        model.chosen().set(Optional.empty());
        fill(Optional.empty());
        setShown(this, true);
        name.requestFocus();
    }

    String passphrase() {
        return passphrase.getText();
    }

    private void save() {
        model.save(
                new Draft(
                        name.getText(),
                        address.getText(),
                        environment.valueProperty().get(),
                        ca.getText(),
                        place.valueProperty().get(),
                        tokenFile.getText(),
                        token.getText(),
                        passphrase.getText()),
                kept -> {
                    token.clear();
                    passphrase.clear();
                    showPlace();
                });
    }

    private void askToRemove() {
        model.chosen()
                .get()
                .ifPresent(profile -> bench.shell()
                        .overlays()
                        .ask(
                                new Question(
                                        bench.texts().get("connections.remove.title", profile.name()),
                                        text("connections.remove.sentence"),
                                        text("connections.remove.confirm"),
                                        "fth-minus",
                                        Question.Weight.DANGEROUS,
                                        Question.Reason.NOT_ASKED),
                                why -> model.remove(profile)));
    }

    private void show(Optional<ConnectionProfile> now) {
        setShown(this, now.isPresent());
        fill(now);
    }

    private void fill(Optional<ConnectionProfile> now) {
        title.setText(now.map(ConnectionProfile::name).orElse(text("connections.new.title")));
        name.setText(now.map(ConnectionProfile::name).orElse(""));
        address.setText(now.map(ConnectionProfile::written).orElse("https://"));
        environment.valueProperty().set(now.map(ConnectionProfile::environment).orElse(Environment.TEST));
        ca.setText(now.filter(one -> one.trust() instanceof ServerTrust.Authorities)
                .map(one -> ((ServerTrust.Authorities) one.trust()).roots().toString())
                .orElse(""));
        place.valueProperty().set(now.map(one -> Draft.Place.of(one.secret())).orElse(Draft.Place.KEYRING));
        tokenFile.setText(now.map(ConnectionProfile::secret)
                .filter(SecretPlace.TokenFile.class::isInstance)
                .map(secret -> ((SecretPlace.TokenFile) secret).file())
                .map(Path::toString)
                .orElse(""));
        token.clear();
        trust.setText(now.map(this::trustOf).orElse(text("connections.trust.java")));
        setShown(remove, now.isPresent());
        boolean connected = now.filter(model::isConnected).isPresent();
        String why = connected ? text("connections.in.use") : "";
        remove.blockedReasonProperty().set(why);
        save.blockedReasonProperty().set(why);
        showPlace();
    }

    private String trustOf(ConnectionProfile profile) {
        return switch (profile.trust()) {
            case ServerTrust.Known(var known) -> bench.texts().get("connections.trust.known", known);
            case ServerTrust.Authorities(var roots) -> bench.texts().get("connections.trust.ca", roots);
            case ServerTrust.JavaRoots _ -> text("connections.trust.java");
        };
    }

    private void showPlace() {
        Draft.Place now = place.valueProperty().get();
        setShown(tokenField, now != Draft.Place.TOKEN_FILE);
        setShown(fileField, now == Draft.Place.TOKEN_FILE);
        setShown(passphraseField, model.wantsPassphrase(now));
        setShown(keyring, now == Draft.Place.KEYRING);
        keyring.setText(model.keyring()
                .get()
                .map(found -> bench.texts().get("connections.keyring", found))
                .orElse(text("connections.keyring.none")));
    }

    private Node field(String key, TextField field, String id) {
        field.setId(id);
        field.setAccessibleText(text(key));
        field.getStyleClass().add("mesh-mono");
        field.setOnAction(event -> save.fire());
        return labelled(key, field);
    }

    private Node labelled(String key, Node control) {
        Label caption = new Label(text(key));
        caption.getStyleClass().addAll("mesh-caption", "mesh-muted");
        caption.setWrapText(true);
        caption.setLabelFor(control);
        VBox field = new VBox(caption, control);
        field.getStyleClass().addAll("mesh-field", "connections-field");
        return field;
    }

    private static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private String text(String key) {
        return bench.texts().get(key);
    }
}
