package io.signalbox.console.security;

import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Segmented;
import io.signalbox.mesh.client.AuthorizationStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The parts of the screen, of which one is shown: the list, the matrix, what was denied, the identities. */
final class SecurityView {

    private final SecurityViewModel model;
    private final Workbench bench;
    private final StringProperty blocked = new SimpleStringProperty(this, "blocked", "");
    private final Segmented<Part> parts;
    private final Page page;
    private final FilterField filter;
    private final Label holds = new Label();
    private final MeshButton undo;
    private final DeniedTable denied;
    private final IdentityTable identities;
    private final MatrixView matrix;

    SecurityView(SecurityViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        parts = new Segmented<>(Arrays.stream(Part.values())
                .map(part -> Segmented.Choice.of(part, bench.texts().get(part.titleKey())))
                .toList());
        holds.getStyleClass().addAll("mesh-small", "mesh-muted");
        holds.setWrapText(true);
        holds.setMinWidth(0);
        StackPane body = new StackPane();
        body.setMinHeight(0);
        VBox.setVgrow(body, Priority.ALWAYS);
        VBox content = new VBox(parts, holds, body);
        content.getStyleClass().add("security");
        page = new Page(bench, ScreenId.SECURITY, content);
        page.getStylesheets()
                .add(Objects.requireNonNull(SecurityView.class.getResource("security.css"))
                        .toExternalForm());
        RulePress press = new RulePress(model, bench);
        denied = new DeniedTable(model, bench, press, blocked, page.em());
        identities = new IdentityTable(model, bench, page.em());
        matrix = new MatrixView(bench);
        Map<Part, Node> views = new EnumMap<>(Map.of(
                Part.ACCESS,
                new AccessTable(model, bench, press, blocked, page.em()),
                Part.MATRIX,
                Page.scrolling(matrix),
                Part.DENIED,
                denied,
                Part.IDENTITIES,
                identities));
        denied.setPlaceholder(nothing("security.denied.none", "security.denied.none.why"));
        identities.setPlaceholder(nothing("security.identities.none", "security.identities.none.why"));
        filter = new FilterField(bench.texts().get("security.filter"));
        filter.textProperty().bindBidirectional(model.filter());
        model.filter().subscribe((before, typed) -> result());
        undo = new MeshButton(MeshButton.Kind.SECONDARY, bench.texts().get("security.undo"), "fth-rotate-ccw")
                .onPress(() -> model.made().get().ifPresent(press::undo));
        page.with(filter, undo);
        parts.valueProperty().subscribe(now -> {
            body.getChildren().setAll(Objects.requireNonNull(views.get(now)));
            if (now == Part.MATRIX) {
                matrix.look();
            } else {
                matrix.leave();
            }
            result();
        });
        model.made().subscribe(draft -> allowUndo());
        blocked.subscribe(why -> allowUndo());
        model.status().subscribe(status -> status.ifPresent(this::show));
        page.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean typing = event.getTarget() instanceof TextInputControl;
            if (event.isShortcutDown() && event.getCode() == KeyCode.Z && !typing) {
                undo.fire();
                event.consume();
            }
        });
    }

    Page page() {
        return page;
    }

    FilterField filter() {
        return filter;
    }

    void block(String why) {
        blocked.set(why);
    }

    void open(Part part) {
        parts.valueProperty().set(part);
    }

    void refresh(Instant at) {
        identities.tick(at);
        denied.reorder();
        result();
    }

    private void show(AuthorizationStatus status) {
        matrix.show(status);
        holds.setText(bench.texts()
                .get("security.mesh." + status.otherwise().wireName() + "."
                        + status.mode().wireName()));
        int denials = model.total(Part.DENIED);
        parts.setCount(Part.DENIED, denials == 0 ? "" : bench.formats().count(denials));
        result();
    }

    private void allowUndo() {
        Optional<RuleDraft> draft = model.made().get();
        undo.blockedReasonProperty()
                .set(
                        blocked.get().isEmpty() && draft.isEmpty()
                                ? bench.texts().get("security.undo.none")
                                : blocked.get());
    }

    private Label nothing(String title, String why) {
        Label label = new Label(bench.texts().get(title) + "\n" + bench.texts().get(why));
        label.getStyleClass().add("mesh-muted");
        label.setWrapText(true);
        return label;
    }

    private void result() {
        Part part = parts.valueProperty().get();
        int shown = switch (part) {
            case ACCESS -> model.access().size();
            case MATRIX -> model.total(Part.MATRIX);
            case DENIED -> model.denied().size();
            case IDENTITIES -> model.certificates().size();
        };
        page.showResult(
                filter,
                part == Part.MATRIX ? "" : model.filter().get().strip(),
                shown,
                model.total(part),
                () -> model.filter().set(""));
    }
}
