package io.signalbox.console.confirm;

import io.signalbox.console.control.WriteLock;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.Icons;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Overlays;
import io.signalbox.console.widget.Question;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The bar that says that a mesh is read-only, or for how long it is not, with the way to the other. */
public final class LockBar extends HBox {

    private final WriteLock lock;
    private final Consumer<String> unlocking;
    private final Overlays overlays;
    private final Texts texts;
    private final Formats formats;
    private final String mesh;
    private final Label title = new Label();
    private final Label detail = new Label();
    private final MeshButton unlock;
    private final MeshButton close;

    /**
     * A bar.
     *
     * @param unlocking hears the reason of who wants to change something
     * @param mesh its name
     */
    public LockBar(
            WriteLock lock, Consumer<String> unlocking, Overlays overlays, Texts texts, Formats formats, String mesh) {
        this.lock = lock;
        this.unlocking = unlocking;
        this.overlays = overlays;
        this.texts = texts;
        this.formats = formats;
        this.mesh = mesh;
        getStyleClass().addAll("mesh-confirm", "mesh-lock-bar");
        setId("lock-bar");
        setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("mesh-medium");
        detail.getStyleClass().addAll("mesh-small", "mesh-muted");
        for (Label line : new Label[] {title, detail}) {
            line.setMinWidth(0);
            line.setWrapText(true);
        }
        unlock = new MeshButton(MeshButton.Kind.SECONDARY, texts.get("lock.ask"), "fth-unlock").onPress(this::ask);
        unlock.setId("unlock");
        close = new MeshButton(MeshButton.Kind.SECONDARY, texts.get("lock.now"), "fth-lock").onPress(lock::lock);
        VBox words = new VBox(title, detail);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(Icons.button("fth-lock"), words, unlock, close);
        lock.unlocked().subscribe(this::show);
        lock.problem().subscribe((before, now) -> show(lock.unlocked().get()));
    }

    private void ask() {
        overlays.ask(
                new Question(
                        texts.get("lock.ask.title", mesh),
                        texts.get("lock.ask.sentence", mesh),
                        texts.get("lock.ask.confirm"),
                        "fth-unlock",
                        Question.Weight.DANGEROUS,
                        Question.Reason.REQUIRED),
                unlocking);
    }

    private void show(Optional<WriteLock.Unlocked> open) {
        title.setText(open.map(now -> texts.get("lock.open", formats.countdown(now.left())))
                .orElse(texts.get("lock.closed")));
        String problem = lock.problem().get();
        String closed = problem.isEmpty() ? texts.get("lock.closed.why", mesh) : texts.get("lock.failed", problem);
        detail.setText(open.map(WriteLock.Unlocked::reason).orElse(closed));
        show(unlock, open.isEmpty());
        show(close, open.isPresent());
        setAccessibleText(title.getText() + ". " + detail.getText());
    }

    private static void show(MeshButton button, boolean shown) {
        button.setVisible(shown);
        button.setManaged(shown);
    }
}
