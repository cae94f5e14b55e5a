package io.signalbox.console.screen;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;

/** What is in a tree of nodes, as far as it can be seen. */
public final class Nodes {

    private Nodes() {}

    /** All visible nodes of a type, in order. */
    public static <T> List<T> all(Node root, Class<T> type) {
        List<T> found = new ArrayList<>();
        collect(root, type, found);
        return found;
    }

    public static List<String> words(Node root) {
        return all(root, Labeled.class).stream()
                .map(Labeled::getText)
                .filter(text -> text != null && !text.isEmpty())
                .toList();
    }

    /** The controls that a person can press, move or type in, but that a screen reader would have no name for. */
    public static List<String> nameless(Node root) {
        return all(root, Control.class).stream()
                .filter(control -> control instanceof ButtonBase
                        || control instanceof Slider
                        || control instanceof TextInputControl)
                .filter(control -> !(control.getParent() instanceof ScrollBar))
                .filter(control -> blank(control.getAccessibleText())
                        && !(control instanceof Labeled labeled && !blank(labeled.getText())))
                .map(Object::toString)
                .toList();
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static <T> void collect(Node node, Class<T> type, List<T> found) {
        if (!node.isVisible()) {
            return;
        }
        if (type.isInstance(node)) {
            found.add(type.cast(node));
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, type, found));
        }
    }
}
