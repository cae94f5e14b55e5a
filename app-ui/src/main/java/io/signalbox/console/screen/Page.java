package io.signalbox.console.screen;

import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Segmented;
import io.signalbox.console.widget.StateHost;
import io.signalbox.console.widget.ViewState;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;

/** The frame of a screen: its name and what steers it above, its content below, or that the filter hides all of it. */
public final class Page extends VBox {

    private static final int LONGEST_NAME = 64;

    private final Workbench bench;
    private final HBox tools = new HBox();
    private final StateHost body;
    private final Label remark = new Label();
    private final Label em = new Label();

    public Page(Workbench bench, ScreenId id, Node content) {
        this.bench = bench;
        body = new StateHost(content, bench.scheduler());
        Label title = new Label(bench.texts().get(id.titleKey()));
        title.getStyleClass().add("mesh-h1");
        title.setMinWidth(Region.USE_PREF_SIZE);
        tools.getStyleClass().add("screen-tools");
        tools.setAlignment(Pos.CENTER_LEFT);
        tools.getChildren().addAll(title, space());
        body.setMinHeight(0);
        VBox.setVgrow(body, Priority.ALWAYS);
        getStyleClass().addAll("mesh-screen", "screen-page");
        getStylesheets()
                .add(Objects.requireNonNull(Page.class.getResource("screen.css"))
                        .toExternalForm());
        em.setVisible(false);
        em.setManaged(false);
        remark.getStyleClass().addAll("screen-remark", "mesh-small", "mesh-muted");
        remark.setMinWidth(0);
        remark.setWrapText(true);
        remark.managedProperty().bind(remark.visibleProperty());
        remark.visibleProperty().bind(remark.textProperty().isNotEmpty());
        remark.setGraphic(new Lamp(LampState.HALF_OPEN));
        getChildren().addAll(tools, remark, body, em);
        setMinWidth(0);
        widthProperty().subscribe(width -> foldWords());
    }

    /** Content that scrolls down, never sideways. */
    public static ScrollPane scrolling(Region content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("screen-scroll");
        return scroll;
    }

    /** Takes all the room that its row has left. */
    public static Region space() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }

    /** Puts controls right of the name; returns this page. */
    public Page with(Node... controls) {
        tools.getChildren().addAll(controls);
        return this;
    }

    /** Choices lose their words when the tools would be wider than the page. */
    private void foldWords() {
        List<Segmented<?>> choices = tools.getChildren().stream()
                .<Segmented<?>>mapMulti((node, into) -> {
                    if (node instanceof Segmented<?> segmented) {
                        into.accept(segmented);
                    }
                })
                .toList();
        choices.forEach(Segmented::unfoldWords);
        if (tools.minWidth(USE_COMPUTED_SIZE) > getWidth() - snappedLeftInset() - snappedRightInset()) {
            choices.forEach(Segmented::foldWords);
        }
    }

    /**
     * Says above the content which policies cannot be read, and why the first cannot; nothing when there are none.
     *
     * @param unread why, by service
     */
    public void showUnread(SortedMap<String, String> unread) {
        remark.setText(unread(bench, unread));
    }

    /** The same in words; empty when there are none. */
    public static String unread(Workbench bench, SortedMap<String, String> unread) {
        if (unread.isEmpty()) {
            return "";
        }
        String first = unread.firstKey();
        String name = first.length() <= LONGEST_NAME ? first : first.substring(0, LONGEST_NAME - 1) + "…";
        return bench.texts()
                .counted(
                        "screen.unread",
                        unread.size(),
                        bench.formats().count(unread.size()),
                        name,
                        String.valueOf(unread.get(first)));
    }

    /** The size of text in pixels, for what has no style sheet to ask. */
    public ObservableValue<Double> em() {
        return em.fontProperty().map(Font::getSize);
    }

    /**
     * Says in the filter and, if nothing is left, in place of the content how much the filter leaves.
     *
     * @param typed what narrows the content, in a person's words; empty when nothing does
     */
    public void showResult(FilterField filter, String typed, int shown, int total, Runnable clear) {
        boolean narrowed = !typed.isEmpty() && total > 0;
        filter.setResult(
                narrowed
                        ? bench.texts()
                                .get(
                                        "screen.result",
                                        bench.formats().count(shown),
                                        bench.formats().count(total))
                        : "");
        ViewState next = narrowed && shown == 0 ? nothing(typed, total, clear) : new ViewState.Ready();
        ViewState now = body.stateProperty().get();
        if (!now.getClass().equals(next.getClass())
                || (next instanceof ViewState.NothingMatches wanted && differs(now, wanted))) {
            body.stateProperty().set(next);
        }
    }

    private static boolean differs(ViewState now, ViewState.NothingMatches wanted) {
        return !(now instanceof ViewState.NothingMatches shown)
                || !shown.filter().equals(wanted.filter());
    }

    private ViewState nothing(String typed, int total, Runnable clear) {
        return new ViewState.NothingMatches(
                bench.texts().get("screen.nothing"),
                typed,
                bench.texts().get("screen.nothing.hides", bench.formats().count(total)),
                List.of(new Action(bench.texts().get("screen.nothing.clear"), clear)));
    }
}
