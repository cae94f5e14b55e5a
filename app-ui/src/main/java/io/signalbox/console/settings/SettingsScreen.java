package io.signalbox.console.settings;

import atlantafx.base.controls.ToggleSwitch;
import io.signalbox.console.format.Formats;
import io.signalbox.console.shell.Screen;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.shell.SingleLetters;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.Motion;
import io.signalbox.console.theme.Preferences;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Segmented;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Theme, text size, motion and single-letter keys; each takes effect at once and is remembered. */
public final class SettingsScreen implements Screen {

    private static final int STEP_PERCENT = 10;

    private final Texts texts;
    private final Formats formats;
    private final Appearance appearance;
    private final VBox view = new VBox();

    public SettingsScreen(Appearance appearance, Preferences preferences, Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
        this.appearance = appearance;
        Label title = new Label(texts.get(ScreenId.SETTINGS.titleKey()));
        title.getStyleClass().add("mesh-h1");
        VBox rows = new VBox(
                row("settings.theme", themes()),
                row("settings.size", sizes()),
                row("settings.motion", motions()),
                row("settings.letters", letters(new SingleLetters(preferences))));
        rows.getStyleClass().addAll("mesh-card", "mesh-settings");
        view.getChildren().addAll(title, rows);
        view.getStyleClass().addAll("mesh-screen", "mesh-settings-screen");
    }

    @Override
    public ScreenId id() {
        return ScreenId.SETTINGS;
    }

    @Override
    public Node view() {
        return view;
    }

    @Override
    public void shown() {}

    @Override
    public void hidden() {}

    /** The words left of the control, above it where there is no room. */
    private Node row(String key, Node control) {
        Label name = new Label(texts.get(key));
        name.getStyleClass().add("mesh-medium");
        Label why = new Label(texts.get(key + ".why"));
        why.getStyleClass().addAll("mesh-small", "mesh-muted");
        why.setWrapText(true);
        VBox words = new VBox(name, why);
        words.getStyleClass().add("mesh-setting-words");
        FlowPane row = new FlowPane(words, control);
        row.getStyleClass().add("mesh-setting");
        return row;
    }

    private Node themes() {
        Segmented<Theme> choice = new Segmented<>(List.of(
                Segmented.Choice.of(Theme.DARK, texts.get("settings.theme.dark")),
                Segmented.Choice.of(Theme.LIGHT, texts.get("settings.theme.light")),
                Segmented.Choice.of(Theme.HIGH_CONTRAST_DARK, texts.get("settings.theme.contrast.dark")),
                Segmented.Choice.of(Theme.HIGH_CONTRAST_LIGHT, texts.get("settings.theme.contrast.light"))));
        choice.setId("settings-theme");
        choice.valueProperty().bindBidirectional(appearance.themeProperty());
        return choice;
    }

    private Node sizes() {
        Label now = new Label();
        now.getStyleClass().add("mesh-mono");
        now.setMinWidth(Label.USE_PREF_SIZE);
        MeshButton smaller =
                MeshButton.iconOnly(MeshButton.Kind.SECONDARY, "fth-minus", texts.get("settings.size.smaller"));
        MeshButton larger =
                MeshButton.iconOnly(MeshButton.Kind.SECONDARY, "fth-plus", texts.get("settings.size.larger"));
        smaller.onPress(() -> resize(-STEP_PERCENT));
        larger.onPress(() -> resize(STEP_PERCENT));
        larger.setId("settings-larger");
        appearance.sizePercentProperty().subscribe(percent -> {
            now.setText(formats.percent(percent.intValue()));
            smaller.blockedReasonProperty()
                    .set(percent.intValue() <= Appearance.SMALLEST_PERCENT ? texts.get("settings.size.smallest") : "");
            larger.blockedReasonProperty()
                    .set(percent.intValue() >= Appearance.LARGEST_PERCENT ? texts.get("settings.size.largest") : "");
        });
        HBox row = new HBox(smaller, now, larger);
        row.getStyleClass().add("mesh-buttons");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void resize(int by) {
        appearance.sizePercentProperty().set(appearance.sizePercentProperty().get() + by);
    }

    private Node motions() {
        Segmented<Motion> choice = new Segmented<>(List.of(
                Segmented.Choice.of(Motion.SYSTEM, texts.get("settings.motion.system")),
                Segmented.Choice.of(Motion.FULL, texts.get("settings.motion.full")),
                Segmented.Choice.of(Motion.REDUCED, texts.get("settings.motion.reduced"))));
        choice.valueProperty().bindBidirectional(appearance.motionProperty());
        return choice;
    }

    private Node letters(SingleLetters letters) {
        ToggleSwitch toggle = new ToggleSwitch();
        toggle.setAccessibleText(texts.get("settings.letters"));
        toggle.setSelected(letters.areOn());
        toggle.selectedProperty().subscribe((before, on) -> {
            if (on) {
                letters.turnOn();
            } else {
                letters.turnOff();
            }
        });
        return toggle;
    }
}
