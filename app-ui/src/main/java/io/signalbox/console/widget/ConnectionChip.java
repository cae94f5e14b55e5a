package io.signalbox.console.widget;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** Which mesh this is and how careful to be: the kind of environment as a word and a colour, and where it is. */
public final class ConnectionChip extends HBox {

    /** How careful to be. */
    public enum Environment {
        DEV("mesh-dev"),
        TEST("mesh-test"),
        PROD("mesh-prod");

        private final String style;

        Environment(String style) {
            this.style = style;
        }
    }

    private final Label word = new Label();
    private final Label address = new Label();

    /**
     * A chip.
     *
     * @param environmentWord the environment's name in the person's language
     */
    public ConnectionChip(Environment environment, String environmentWord, String address) {
        getStyleClass().addAll("mesh-chip", environment.style);
        word.getStyleClass().addAll("mesh-chip-word", "mesh-semibold");
        word.setText(environmentWord);
        word.setMinWidth(USE_PREF_SIZE);
        this.address.setText(address);
        setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(word, this.address);
        setAccessibleText(environmentWord + ", " + address);
    }

    /** Shows the word alone, where room is scarce. */
    public void fold() {
        showAddress(false);
    }

    /** Shows the address beside the word again. */
    public void unfold() {
        showAddress(true);
    }

    private void showAddress(boolean shown) {
        address.setVisible(shown);
        address.setManaged(shown);
    }
}
