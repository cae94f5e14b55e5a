package io.signalbox.console.shell;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.console.widget.Figure;
import io.signalbox.console.widget.Icons;
import io.signalbox.console.widget.KeyCap;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The bar on top: which mesh, its figures, how old they are; search, theme and help. 44 px high. */
final class TopBar extends HBox {

    private final Texts texts;
    private final Formats formats;
    private final Label mesh = new Label();
    private final Figure rate = figure("rate");
    private final Lamp successLamp = new Lamp(LampState.HALF_OPEN);
    private final Figure success = figure("success");
    private final Figure p50 = figure("p50");
    private final Figure p99 = figure("p99");
    private final Figure secured = figure("mtls");
    private final Lamp ageLamp = new Lamp(LampState.DISABLED);
    private final Figure age = figure("age");
    private final Tooltip latencyTooltip = new Tooltip();
    private final Node p50Block;
    private final Node p99Block;
    private final Node securedBlock;
    private final Button search = new Button();
    private final Label searchWords;
    private final KeyCap searchKey = new KeyCap("Ctrl K");
    private final MeshButton theme;
    private final ConnectionChip chip;

    TopBar(ShellParts parts, Actions actions) {
        texts = parts.texts();
        formats = parts.formats();
        getStyleClass().add("mesh-top-bar");
        setAlignment(Pos.CENTER_LEFT);
        mesh.getStyleClass().add("mesh-semibold");
        mesh.setId("mesh-name");
        mesh.setMinWidth(0);
        chip = new ConnectionChip(
                parts.environment(),
                texts.get("environment." + parts.environment().name().toLowerCase(Locale.ROOT)),
                parts.address());
        chip.setOnMouseClicked(event -> actions.connections().run());
        p50Block = block(p50);
        securedBlock = block(secured);
        p99Block = block(p99);
        Tooltip.install(rate, latencyTooltip);
        Tooltip.install(p99, latencyTooltip);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        searchWords = new Label(texts.get("shell.search"));
        HBox searchContent = new HBox(Icons.button("fth-search"), searchWords, searchKey);
        searchContent.setAlignment(Pos.CENTER_LEFT);
        searchContent.getStyleClass().add("mesh-search-content");
        search.getStyleClass().setAll("mesh-search", "mesh-focusable");
        search.setId("search");
        search.setGraphic(searchContent);
        search.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        search.setAccessibleText(texts.get("shell.search"));
        search.setOnAction(event -> actions.search().run());
        theme = MeshButton.iconOnly(MeshButton.Kind.QUIET, "fth-moon", texts.get("shell.theme"))
                .onPress(actions.theme());
        theme.setId("theme");
        MeshButton help = MeshButton.iconOnly(MeshButton.Kind.QUIET, "fth-help-circle", texts.get("shell.help"))
                .onPress(actions.help());
        help.setId("help");
        getChildren()
                .addAll(
                        mesh,
                        chip,
                        block(rate),
                        block(successLamp, success),
                        p50Block,
                        p99Block,
                        securedBlock,
                        block(ageLamp, age),
                        space,
                        search,
                        theme,
                        help);
        showSuccessLamp(Optional.empty());
    }

    void show(Optional<StatusBarViewModel.Figures> shown) {
        mesh.setText(shown.map(StatusBarViewModel.Figures::mesh).orElse(texts.get("shell.mesh.none")));
        rate.set(shown.map(now -> formats.rateFigure(now.requestsPerSecond())).orElse(Formats.NONE), "req/s");
        success.set(
                shown.map(now -> formats.share(now.succeeded(), now.requests())).orElse(Formats.NONE),
                texts.get("shell.success"));
        Optional<LampState> lamp = shown.flatMap(StatusBarViewModel.Figures::successLamp);
        showSuccessLamp(lamp);
        success.setTone(lamp.map(LampState::textStyle).orElse(""));
        p50.set(latency(shown.map(StatusBarViewModel.Figures::p50Nanos)), "p50");
        p99.set(latency(shown.map(StatusBarViewModel.Figures::p99Nanos)), "p99");
        String share =
                shown.map(now -> formats.share(now.securedHops(), now.hops())).orElse(Formats.NONE);
        secured.set(share, "mTLS");
        latencyTooltip.setText(texts.get(
                "shell.folded",
                latency(shown.map(StatusBarViewModel.Figures::p50Nanos)),
                latency(shown.map(StatusBarViewModel.Figures::p99Nanos)),
                share));
    }

    void showAge(Optional<Duration> old, LampState lamp) {
        ageLamp.setState(lamp);
        age.set(old.map(formats::age).orElse(Formats.NONE), texts.get("shell.ago"));
    }

    void showTheme(boolean dark) {
        theme.setGraphic(Icons.button(dark ? "fth-moon" : "fth-sun"));
    }

    /**
     * Folds what has no room: p50 and mTLS below 1200 px, the words of the search below 1080, the address below 920, p99
     * below 800.
     */
    void fold(double width, double unit) {
        setShown(p50Block, width >= 1200 * unit);
        setShown(securedBlock, width >= 1200 * unit);
        setShown(searchWords, width >= 1080 * unit);
        setShown(searchKey, width >= 1080 * unit);
        setShown(p99Block, width >= 800 * unit);
        if (width >= 920 * unit) {
            chip.unfold();
        } else {
            chip.fold();
        }
    }

    private String latency(Optional<OptionalLong> nanos) {
        return nanos.filter(OptionalLong::isPresent)
                .map(some -> formats.latency(some.getAsLong()))
                .orElse(Formats.NONE);
    }

    private void showSuccessLamp(Optional<LampState> lamp) {
        setShown(successLamp, lamp.isPresent());
        lamp.ifPresent(successLamp::setState);
    }

    private static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private static Figure figure(String id) {
        Figure figure = new Figure(Figure.Size.TEXT, Formats.NONE, "");
        figure.setId("status-" + id);
        figure.setMinWidth(USE_PREF_SIZE);
        return figure;
    }

    private static Node block(Node... parts) {
        HBox block = new HBox(parts);
        block.setAlignment(Pos.CENTER_LEFT);
        block.getStyleClass().add("mesh-status");
        block.setFillHeight(false);
        block.setMaxHeight(USE_PREF_SIZE);
        block.setMinWidth(USE_PREF_SIZE);
        return block;
    }

    /**
     * What the bar's buttons do.
     *
     * @param search opens the palette
     * @param theme switches between dark and light
     * @param help opens the sheet of keys
     * @param connections opens the screen of the meshes that there are
     */
    record Actions(Runnable search, Runnable theme, Runnable help, Runnable connections) {}
}
