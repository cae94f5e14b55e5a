package io.signalbox.console.shell;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import java.time.Duration;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The bar that says that nothing comes any more, since when, and from when what is shown is. */
final class DisconnectedBar extends HBox {

    private final Texts texts;
    private final Formats formats;
    private final Label title = new Label();
    private final Label detail = new Label();
    private final Tooltip utc = new Tooltip();

    DisconnectedBar(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
        getStyleClass().add("mesh-disconnected");
        setId("disconnected");
        setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("mesh-medium");
        detail.getStyleClass().addAll("mesh-small", "mesh-muted");
        getChildren().addAll(new Lamp(LampState.HALF_OPEN), new VBox(title, detail));
        show(Optional.empty(), Optional.empty());
    }

    /** Shows since when nothing comes; takes no room while something does. */
    void show(Optional<StatusBarViewModel.Lost> lost, Optional<Duration> age) {
        setVisible(lost.isPresent());
        setManaged(lost.isPresent());
        lost.ifPresent(gone -> {
            String since = age.map(old -> texts.get("shell.lost.for", formats.span(wholeSeconds(old))))
                    .orElseGet(() -> texts.get("shell.lost"));
            title.setText(gone.why().isEmpty() ? since : since + ": " + gone.why());
            String shown = gone.shown()
                    .map(at -> texts.get("shell.lost.shown", formats.clock(at)))
                    .orElse("");
            gone.shown().ifPresentOrElse(at -> utc.setText(formats.clockUtc(at)), () -> utc.setText(""));
            Tooltip.uninstall(detail, utc);
            if (gone.shown().isPresent()) {
                Tooltip.install(detail, utc);
            }
            detail.setText((shown + " " + texts.get("shell.lost.retry")).strip());
            setAccessibleText(title.getText() + ". " + detail.getText());
        });
    }

    private static Duration wholeSeconds(Duration age) {
        return Duration.ofSeconds(age.toSeconds());
    }
}
