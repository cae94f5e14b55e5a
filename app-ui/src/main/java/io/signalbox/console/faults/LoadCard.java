package io.signalbox.console.faults;

import io.signalbox.console.feed.SecondsRing;
import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.Figure;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.TimeSeriesChart;
import io.signalbox.mesh.model.status.LoadStatus;
import io.signalbox.mesh.model.status.ScenarioStatus;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The load: a lever for its rate, what became of the requests, and the rate that the mesh saw. */
final class LoadCard extends HBox {

    private static final int CHARTED_SECONDS = 300;

    private final FaultsViewModel model;
    private final Workbench bench;
    private final Figure target = new Figure(Figure.Size.HUGE, "–", "");
    private final Label clients = new Label();
    private final LoadSlider slider;
    private final Label most = new Label();
    private final Figure sent = new Figure(Figure.Size.MEDIUM, "–", "");
    private final Figure completed = new Figure(Figure.Size.MEDIUM, "–", "");
    private final Figure failed = new Figure(Figure.Size.MEDIUM, "–", "");
    private final Figure late = new Figure(Figure.Size.MEDIUM, "–", "");
    private final TimeSeriesChart chart = new TimeSeriesChart();

    LoadCard(FaultsViewModel model, Workbench bench, ObservableValue<String> blocked) {
        this.model = model;
        this.bench = bench;
        getStyleClass().addAll("mesh-card", "load-card");
        slider = new LoadSlider(model::setLoad);
        slider.setId("load");
        slider.disableProperty().bind(blocked.map(why -> !why.isEmpty()));
        model.rate().subscribe(rate -> showRate());
        getChildren().addAll(left(), right());
    }

    void update(ScenarioStatus scenario) {
        LoadStatus load = scenario.load();
        clients.setText(bench.texts().get("faults.load.clients", bench.formats().count(load.clients())));
        most.setText(bench.formats().count(Math.round(load.maxPerSecond())));
        sent.set(bench.formats().count(load.sent()), "");
        completed.set(bench.formats().count(load.completed()), "");
        failed.set(bench.formats().count(load.failed()), bench.formats().share(load.failed(), load.completed()));
        late.set(bench.formats().count(load.late()), "");
        showRate();
        draw();
    }

    private void showRate() {
        double rate = model.rate().get();
        model.load().ifPresent(load -> slider.follow(rate, load.maxPerSecond()));
        target.set(bench.formats().count(Math.round(rate)), bench.texts().get("faults.load.unit"));
        slider.setAccessibleText(
                bench.texts().get("faults.load.spoken", bench.formats().requestRate(rate), most.getText()));
    }

    private void draw() {
        SecondsRing rates = bench.feed().history().rates();
        chart.setSeries(
                List.of(new TimeSeriesChart.Series("", Token.V1, rates.last(CHARTED_SECONDS))),
                bench.formats().clock(rates.newest().minusSeconds(CHARTED_SECONDS)),
                bench.formats().clock(rates.newest()));
    }

    private VBox left() {
        Label title = new Label(bench.texts().get("faults.load"));
        title.getStyleClass().add("mesh-h2");
        clients.getStyleClass().addAll("mesh-small", "mesh-muted");
        MeshButton copy = new MeshButton(MeshButton.Kind.QUIET, bench.texts().get("faults.copy"), "fth-copy")
                .small()
                .onPress(() -> new Feedback(bench)
                        .copied("signalbox load " + Math.round(model.rate().get())));
        copy.setAccessibleText(bench.texts().get("faults.load.copy"));
        HBox head = new HBox(title, clients, Page.space(), copy);
        head.getStyleClass().add("load-head");
        head.setAlignment(Pos.CENTER_LEFT);
        Label zero = new Label("0");
        zero.getStyleClass().addAll("mesh-caption", "mesh-mono");
        most.getStyleClass().addAll("mesh-caption", "mesh-mono");
        HBox scale = new HBox(zero, Page.space(), most);
        scale.getStyleClass().add("load-scale");
        HBox figures = new HBox(
                pair("faults.load.sent", sent),
                pair("faults.load.completed", completed),
                pair("faults.load.failed", failed),
                pair("faults.load.late", late));
        figures.getStyleClass().add("load-figures");
        VBox left = new VBox(head, target, slider, scale, figures);
        left.getStyleClass().add("load-left");
        HBox.setHgrow(left, Priority.ALWAYS);
        return left;
    }

    private VBox right() {
        Label caption = new Label(bench.texts().get("faults.load.seen"));
        caption.getStyleClass().add("mesh-caption");
        chart.setAxisText(rate -> bench.formats().number(rate, 0));
        chart.setAccessibleText(caption.getText());
        VBox.setVgrow(chart, Priority.ALWAYS);
        VBox right = new VBox(caption, chart);
        right.getStyleClass().add("load-right");
        return right;
    }

    private VBox pair(String key, Figure figure) {
        Label caption = new Label(bench.texts().get(key));
        caption.getStyleClass().add("mesh-caption");
        VBox pair = new VBox(caption, figure);
        pair.getStyleClass().add("screen-figure");
        pair.setMinWidth(Region.USE_PREF_SIZE);
        return pair;
    }
}
