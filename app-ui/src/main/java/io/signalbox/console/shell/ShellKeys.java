package io.signalbox.console.shell;

import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * The keys that work everywhere: {@code g} and a letter, {@code ?}, {@code /}, Ctrl K, F6.
 *
 * <p>Single letters are off while a text field has the focus, while a card is up, and where the person turned them off.
 */
final class ShellKeys {

    static final Duration CHORD = Duration.ofMillis(1500);

    private final Actions actions;
    private final Ticker ticker;
    private final BooleanSupplier cardUp;
    private final BooleanSupplier lettersOn;
    private Optional<Long> chordStarted = Optional.empty();

    ShellKeys(Actions actions, Ticker ticker, BooleanSupplier cardUp, BooleanSupplier lettersOn) {
        this.actions = actions;
        this.ticker = ticker;
        this.cardUp = cardUp;
        this.lettersOn = lettersOn;
    }

    void listenTo(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        scene.addEventFilter(KeyEvent.KEY_TYPED, event -> typed(event, scene.getFocusOwner()));
    }

    private void pressed(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.K) {
            event.consume();
            actions.palette();
        } else if (event.getCode() == KeyCode.F6 && !cardUp.getAsBoolean()) {
            event.consume();
            if (event.isShiftDown()) {
                actions.previousRegion();
            } else {
                actions.nextRegion();
            }
        } else if (inChord() && event.getCode().isLetterKey()) {
            // The letter is the shell's, and comes once more as a typed one; the screen has the same key to itself.
            event.consume();
        }
    }

    private void typed(KeyEvent event, Node focusOwner) {
        boolean modified = event.isControlDown() || event.isAltDown() || event.isMetaDown();
        if (focusOwner instanceof TextInputControl || cardUp.getAsBoolean() || modified || !lettersOn.getAsBoolean()) {
            chordStarted = Optional.empty();
            return;
        }
        if (letter(event.getCharacter())) {
            event.consume();
        }
    }

    private boolean inChord() {
        return chordStarted.filter(at -> ticker.nanos() - at <= CHORD.toNanos()).isPresent();
    }

    private boolean letter(String character) {
        boolean inChord = inChord();
        chordStarted = Optional.empty();
        if (inChord) {
            return actions.goTo(character);
        }
        switch (character) {
            case "g" -> chordStarted = Optional.of(ticker.nanos());
            case "?" -> actions.shortcuts();
            case "/" -> actions.filter();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What the keys do. */
    interface Actions {

        void palette();

        void shortcuts();

        void filter();

        void nextRegion();

        void previousRegion();

        /**
         * Opens the screen with that letter.
         *
         * @return whether there is one
         */
        boolean goTo(String letter);
    }
}
