package io.signalbox.console.widget;

import atlantafx.base.controls.ToggleSwitch;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.MeshButton.Kind;
import io.signalbox.mesh.model.AnsweredBy;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Every component once in each of its states, laid out like the design's picture. */
final class ComponentSheet extends HBox {

    private static final PseudoClass HOVER = PseudoClass.getPseudoClass("hover");
    private static final PseudoClass FOCUS = PseudoClass.getPseudoClass("focus-visible");

    private final Texts texts = Texts.of(Locale.ENGLISH);
    private final Formats formats = Formats.of(Locale.ENGLISH, ZoneOffset.UTC);

    ComponentSheet() {
        setPadding(new Insets(24, 32, 24, 32));
        setSpacing(40);
        VBox left = new VBox(10, h1("Components"), caption("Buttons: rest, hover, focus, blocked, busy"), buttons());
        left.getChildren().addAll(caption("Breaker lamps: shape, colour and word"), lamps(), blades());
        left.getChildren().addAll(caption("State tags and version badges"), tags(), caption("Table"), table());
        left.setPrefWidth(470);
        VBox middle = new VBox(10, caption("Slider: rest, asked, focus, blocked"));
        middle.getChildren()
                .addAll(slider(30, OptionalInt.empty(), "", false), slider(30, OptionalInt.of(50), "", false));
        middle.getChildren()
                .addAll(slider(96, OptionalInt.of(99), "", true), slider(30, OptionalInt.empty(), "why", false));
        middle.getChildren().addAll(caption("Switch, check, radio, segments"), toggles(), caption("Fields"), fields());
        middle.getChildren().addAll(caption("Connection chips"), chips(), dialog());
        middle.setPrefWidth(420);
        VBox right = new VBox(10, caption("Toasts"), toasts(), caption("Type"));
        right.getChildren().addAll(new Figure(Figure.Size.HUGE, "28.7", "%"), h1("Screen title 18"));
        right.getChildren()
                .addAll(styled("Section title 15", "mesh-h2"), new Label("Base 13, checkout → payment ± 1.9"));
        right.getChildren().addAll(styled("Secondary 12, muted", "mesh-small", "mesh-muted"));
        right.getChildren().addAll(caption("Caption 11, subtle"), styled("Figures 12 1,234,567 0:37", "mesh-mono"));
        right.getChildren().addAll(charts(), keys());
        right.setPrefWidth(420);
        getChildren().addAll(left, middle, right);
    }

    private Node buttons() {
        VBox rows = new VBox(8);
        for (Kind kind : Kind.values()) {
            String words = kind == Kind.PRIMARY ? "Set 50 %" : kind == Kind.QUIET ? "Copy as CLI" : "Roll back";
            MeshButton hover = new MeshButton(kind, words);
            hover.pseudoClassStateChanged(HOVER, true);
            MeshButton focus = new MeshButton(kind, words);
            focus.pseudoClassStateChanged(FOCUS, true);
            MeshButton blocked = new MeshButton(kind, words);
            blocked.blockedReasonProperty().set("weight: held (expected: free)");
            MeshButton busy = new MeshButton(kind, words, "fth-rotate-ccw");
            busy.busyProperty().set(true);
            rows.getChildren().add(new HBox(10, new MeshButton(kind, words, "fth-x"), hover, focus, blocked, busy));
        }
        return rows;
    }

    private static Node lamps() {
        HBox row = new HBox(24);
        for (LampState state : LampState.values()) {
            Lamp lamp = new Lamp(state);
            lamp.getStyleClass().add("mesh-lamp-sheet");
            VBox column = new VBox(6, lamp, styled(state.name(), "mesh-small", state.textStyle()));
            column.setAlignment(Pos.CENTER);
            row.getChildren().add(column);
        }
        row.getChildren().addAll(new Padlock(Padlock.Protection.MUTUAL_TLS), new Padlock(Padlock.Protection.PLAIN));
        return row;
    }

    private static Node blades() {
        HBox row = new HBox(12);
        for (LampState state : LampState.values()) {
            row.getChildren().add(new BreakerBlade(state));
        }
        return row;
    }

    private static Node tags() {
        HBox row = new HBox(
                5,
                Tag.of(LampState.CLOSED, "Healthy"),
                Tag.of(LampState.HALF_OPEN, "Slow"),
                Tag.of(LampState.OPEN, "Failing"),
                Tag.of(LampState.INFO, "Changed"),
                Tag.of(LampState.DISABLED, "Idle"),
                Tag.accent("rev 31"),
                Tag.plain("HTTP/1.1"),
                new VersionBadge("v1", VersionBadge.Role.STABLE),
                new VersionBadge("v2", VersionBadge.Role.CANDIDATE),
                new VersionBadge("v3", VersionBadge.Role.MIRROR));
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Node table() {
        record Row(String instance, LampState state, String word, double rate) {}
        TableView<Row> table = new TableView<>();
        TableColumn<Row, String> instance = column("Instance", 150, "mesh-mono", Row::instance);
        TableColumn<Row, String> state = column("State", 110, "", Row::word);
        TableColumn<Row, String> rate = column("req/s", 90, "mesh-number", row -> formats.rateFigure(row.rate()));
        table.getColumns().addAll(List.of(instance, state, rate));
        table.setItems(FXCollections.observableArrayList(
                new Row("pricing-1:40131", LampState.CLOSED, "Healthy", 44),
                new Row("pricing-2:40135", LampState.HALF_OPEN, "Slow", 3.62),
                new Row("pricing-3:40139", LampState.CLOSED, "Healthy", 43)));
        table.getSelectionModel().select(1);
        table.setPrefHeight(130);
        return table;
    }

    private static <R> TableColumn<R, String> column(
            String title, double width, String style, Function<R, String> text) {
        TableColumn<R, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.getStyleClass().add(style);
        column.setCellValueFactory(row -> new SimpleStringProperty(text.apply(row.getValue())));
        column.setCellFactory(ignored -> new TableCell<>() {
            {
                getStyleClass().addAll(style, style.equals("mesh-number") ? "mesh-mono" : "");
            }

            @Override
            protected void updateItem(String item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty ? "" : item);
            }
        });
        return column;
    }

    private Node slider(int inForce, OptionalInt asked, String blocked, boolean focused) {
        CanarySliderModel model =
                new CanarySliderModel(CanarySliderModel.Applying.ON_ENTER, new FxScheduler(), () -> 0, percent -> {});
        model.inForceProperty().set(inForce);
        asked.ifPresent(model::moveTo);
        CanarySlider slider = new CanarySlider(model, formats, texts);
        slider.setGot(Optional.of(
                new CanarySlider.Got(inForce / 100.0 - 0.013, inForce / 100.0 - 0.032, inForce / 100.0 + 0.006)));
        slider.blockedReasonProperty().set(blocked);
        slider.pseudoClassStateChanged(FOCUS, focused);
        slider.setPrefWidth(400);
        return slider;
    }

    private static Node toggles() {
        ToggleSwitch on = new ToggleSwitch();
        on.setSelected(true);
        CheckBox checked = new CheckBox();
        checked.setSelected(true);
        RadioButton radio = new RadioButton();
        radio.setSelected(true);
        Segmented<String> segments = new Segmented<>(List.of(
                Segmented.Choice.of("a", "All"),
                Segmented.Choice.of("b", "Open", new Lamp(LampState.OPEN)),
                Segmented.Choice.of("c", "Closed", new Lamp(LampState.CLOSED))));
        segments.setCount("a", "14");
        HBox row = new HBox(12, on, new ToggleSwitch(), checked, new CheckBox(), radio, segments);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static Node fields() {
        TextField wrong = new TextField("120");
        FieldError error = new FieldError(wrong);
        error.say("weight: 120 (expected: 0..100)");
        return new VBox(6, new FilterField("Filter"), new TextField("30"), wrong, error);
    }

    private static Node chips() {
        return new HBox(
                8,
                new ConnectionChip(ConnectionChip.Environment.DEV, "Dev", "embedded"),
                new ConnectionChip(ConnectionChip.Environment.TEST, "Test", "shop-test"),
                new ConnectionChip(ConnectionChip.Environment.PROD, "Prod", "shop-eu1"));
    }

    private Node dialog() {
        Question question = new Question(
                "Roll catalog back to v1?",
                "118 req/s and 57 shoppers move to v1 at once. v2 keeps running and gets nothing.",
                "Roll back",
                "fth-rotate-ccw",
                Question.Weight.DANGEROUS,
                Question.Reason.REQUIRED);
        return new QuestionDialog(question, texts, reason -> {}, () -> {});
    }

    private Node toasts() {
        Toasts toasts = new Toasts(new FxScheduler());
        ToastLayer layer = new ToastLayer(toasts, texts);
        toasts.show(Toast.of(LampState.CLOSED, "catalog v2 is at 50 %", "rev 32, 82 req/s moved", undo("Undo")));
        toasts.show(Toast.of(LampState.HALF_OPEN, "Reverts in 0:48 unless confirmed", "shop-eu1", undo("Confirm")));
        toasts.show(Toast.failure("payment breaker opened", "5 failures in a row", undo("Autopsy")));
        layer.getChildren().forEach(card -> card.setOpacity(1));
        layer.setPadding(Insets.EMPTY);
        return layer;
    }

    private static Action undo(String label) {
        return new Action(label, () -> {});
    }

    private static Node charts() {
        double[] good = new double[60];
        double[] bad = new double[60];
        for (int i = 0; i < 60; i++) {
            good[i] = 99.6 + Math.sin(i / 3.0) * 0.2;
            bad[i] = i > 20 && i < 24 ? Double.NaN : 99.1 + Math.sin(i / 2.0) * 0.3;
        }
        TimeSeriesChart chart = new TimeSeriesChart();
        chart.setScale(98, 100);
        chart.setSeries(
                List.of(
                        new TimeSeriesChart.Series("v1", Token.V1, good),
                        new TimeSeriesChart.Series("v2", Token.V2, bad)),
                "14:22",
                "14:32");
        chart.setMarks(List.of(new TimeSeriesChart.Mark(0.4, Token.DANGER)));
        Sparkline spark = new Sparkline();
        spark.setValues(new double[] {3, 4, 3, 5, 4, 3, 2, 12, 14, 13});
        spark.setColor(Token.LAMP_DANGER);
        spark.setEvent(OptionalInt.of(7));
        Answers answers = new Answers();
        answers.setRows(List.of(
                new Answers.Row("200", "upstream", 1511, "1,511", Token.LAMP_OK, AnsweredBy.UPSTREAM),
                new Answers.Row("503", "upstream", 6, "6", Token.LAMP_WARN, AnsweredBy.UPSTREAM),
                new Answers.Row("503", "mesh, breaker-open", 943, "943", Token.LAMP_DANGER, AnsweredBy.MESH)));
        VBox card = new VBox(8, styled("Answers, last minute", "mesh-h3"), answers, spark);
        card.getStyleClass().add("mesh-card");
        Pane space = new Pane();
        return new VBox(8, chart, card, space);
    }

    private static Node keys() {
        HBox row = new HBox(8, new KeyCap("Ctrl K"), new Label("command"), new KeyCap("/"), new Label("filter"));
        row.setMaxHeight(Region.USE_PREF_SIZE);
        return row;
    }

    private static Label h1(String text) {
        return styled(text, "mesh-h1");
    }

    private static Label caption(String text) {
        return styled(text, "mesh-caption");
    }

    private static Label styled(String text, String... styles) {
        Label label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }
}
