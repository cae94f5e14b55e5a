package io.signalbox.console.traffic;

import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.CanarySlider;
import io.signalbox.console.widget.CanarySliderModel;
import io.signalbox.console.widget.Figure;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The lever of one version: asked beside got, the slider that moves traffic at once, and what to know about both. */
final class VersionLever extends VBox {

    private final SplitRow row;
    private final Look look;
    private final String version;
    private final Workbench bench;
    private final CanarySliderModel model;
    private final CanarySlider slider;
    private final Figure asked;
    private final Figure got;
    private final Label restsOn = new Label();
    private final Label moving = new Label();
    private final Tag doubt;
    private final Label why = new Label();
    private final HBox verdict = new HBox();

    VersionLever(SplitRow row, VersionShare share, Look look, Workbench bench, ObservableValue<String> blocked) {
        this.row = row;
        this.look = look;
        this.version = share.version();
        this.bench = bench;
        model = new CanarySliderModel(
                CanarySliderModel.Applying.LIVE,
                bench.scheduler(),
                bench.ticker(),
                percent -> row.ask(share.version(), new Weight(percent)));
        asked = new Figure(look.size, "–", "");
        got = new Figure(look.size, "–", "");
        slider = new CanarySlider(model, bench.formats(), bench.texts());
        slider.setName(row.service() + " " + version);
        slider.setId("lever-" + row.service() + "-" + version);
        doubt = Tag.of(LampState.HALF_OPEN, bench.texts().get("traffic.outside"));
        getStyleClass().add("traffic-lever");
        restsOn.getStyleClass().addAll("mesh-caption", "mesh-mono");
        moving.getStyleClass().addAll("mesh-caption");
        why.getStyleClass().addAll("mesh-small", "mesh-muted");
        why.setWrapText(true);
        slider.blockedReasonProperty().bind(blocked);
        verdict.getChildren().addAll(doubt, why);
        verdict.getStyleClass().add("screen-pair");
        verdict.setAlignment(Pos.CENTER_LEFT);
        switch (look) {
            case WIDE -> getChildren().addAll(figures(blocked), slider, verdict);
            case LINE -> getChildren().addAll(line(share), verdict);
        }
        model.askedProperty().subscribe(percent -> update());
        update();
    }

    /** Lets the slider forget a wish that was refused. */
    void refused() {
        model.refused();
    }

    void close() {
        model.undo();
    }

    void update() {
        row.version(version).ifPresent(this::show);
    }

    private HBox line(VersionShare share) {
        HBox figures = new HBox(Badges.of(share), askedBox(), gotBox());
        figures.getStyleClass().add("traffic-line-figures");
        figures.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(slider, Priority.ALWAYS);
        slider.setMaxWidth(Double.MAX_VALUE);
        HBox line = new HBox(figures, slider);
        line.getStyleClass().add("traffic-line");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private VBox askedBox() {
        VBox box = new VBox(caption("traffic.asked"), asked, moving);
        box.getStyleClass().add("traffic-figure");
        return box;
    }

    private VBox gotBox() {
        VBox box = new VBox(caption("traffic.got"), got, restsOn);
        box.getStyleClass().addAll("traffic-figure", "traffic-got");
        return box;
    }

    private HBox figures(ObservableValue<String> blocked) {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox figures = new HBox(
                askedBox(), gotBox(), space, quick(0, blocked), quick(50, blocked), quick(100, blocked), copy());
        figures.getStyleClass().add("traffic-figures");
        figures.setAlignment(Pos.TOP_LEFT);
        return figures;
    }

    private MeshButton quick(int percent, ObservableValue<String> blocked) {
        MeshButton button = new MeshButton(
                        MeshButton.Kind.SECONDARY,
                        bench.texts().get("traffic.set", bench.formats().percent(percent)))
                .small()
                .onPress(() -> row.ask(version, new Weight(percent)));
        button.blockedReasonProperty().bind(blocked);
        button.setAccessibleText(bench.texts()
                .get("traffic.set.of", row.service(), version, bench.formats().percent(percent)));
        return button;
    }

    private MeshButton copy() {
        return new MeshButton(MeshButton.Kind.QUIET, bench.texts().get("traffic.copy"), "fth-copy")
                .small()
                .onPress(this::copyCommand);
    }

    private void copyCommand() {
        int percent = row.version(version).map(share -> share.asked().percent()).orElse(0);
        String command = "signalbox canary weight " + row.service() + " " + version + "=" + percent;
        new Feedback(bench).copied(command);
    }

    private Label caption(String key) {
        Label label = new Label(bench.texts().get(key, version));
        label.getStyleClass().add("mesh-caption");
        return label;
    }

    private void show(VersionShare share) {
        SplitStatus status = row.status().get();
        model.inForceProperty().set(share.asked().percent());
        int wished = model.askedProperty().get().orElse(share.asked().percent());
        asked.set(Integer.toString(wished), "%");
        moving.setText(
                wished == share.asked().percent()
                        ? bench.texts().get("traffic.since", bench.formats().clock(status.since()))
                        : bench.texts()
                                .get(
                                        "traffic.moving",
                                        bench.formats().requestRate(row.movedPerSecond(version, new Weight(wished)))));
        if (status.counted() == 0) {
            got.set("–", "");
            restsOn.setText(bench.texts().get("traffic.none"));
            slider.setGot(Optional.empty());
        } else {
            got.set(
                    bench.formats().shareFigure(share.requests(), status.counted()),
                    "% " + bench.formats().halfWidth(share.low(), share.high()));
            restsOn.setText(bench.texts()
                    .get(
                            "traffic.n",
                            bench.formats().count(share.requests()),
                            bench.formats().count(status.counted())));
            slider.setGot(Optional.of(new CanarySlider.Got(share.share(), share.low(), share.high())));
        }
        judge(share, status);
    }

    private void judge(VersionShare share, SplitStatus status) {
        double wanted = share.asked().percent() / 100.0;
        boolean outside = status.counted() > 0 && (wanted < share.low() || wanted > share.high());
        boolean worthSaying = look == Look.WIDE || outside;
        verdict.setVisible(worthSaying);
        verdict.setManaged(worthSaying);
        doubt.setVisible(outside);
        doubt.setManaged(outside);
        String key =
                status.counted() == 0 ? "traffic.why.none" : outside ? "traffic.why.outside" : "traffic.why.inside";
        why.setText(bench.texts()
                .get(
                        key,
                        bench.formats().percent(share.asked().percent()),
                        bench.formats().count(status.counted())));
    }

    /** How much room a lever takes: alone and large, or one of several, each on a line. */
    enum Look {
        WIDE(Figure.Size.HUGE),
        LINE(Figure.Size.LARGE);

        private final Figure.Size size;

        Look(Figure.Size size) {
            this.size = size;
        }
    }
}
