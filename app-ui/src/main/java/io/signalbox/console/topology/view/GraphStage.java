package io.signalbox.console.topology.view;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Motion;
import io.signalbox.console.theme.Palette;
import io.signalbox.console.topology.graph.GraphShape;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.GraphLayout;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.console.topology.layout.Routes;
import io.signalbox.console.topology.layout.Spacing;
import io.signalbox.console.topology.paint.DotRules;
import io.signalbox.console.topology.paint.GraphScene;
import io.signalbox.console.topology.paint.HitTest;
import io.signalbox.console.topology.paint.MovingPainter;
import io.signalbox.console.topology.paint.Signs;
import io.signalbox.console.topology.paint.StaticPainter;
import io.signalbox.console.topology.paint.StillKey;
import io.signalbox.console.topology.paint.TrafficDots;
import io.signalbox.console.topology.paint.Viewport;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.time.Ticker;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.FontSmoothingType;
import org.jspecify.annotations.Nullable;

/**
 * The graph on two canvases: one painted again when something changes, and above it one for dots and countdowns.
 *
 * <p>Until someone pans or zooms, the whole graph is kept in view. Used on the FX thread only.
 */
public final class GraphStage extends Region {

    private static final Viewport.Margins MARGINS = new Viewport.Margins(44, 18, 20, 18);
    private static final double MOVE_SECONDS = 0.24;

    /** Above this many nodes a new layout is shown at once instead of moving there. */
    private static final int MOST_MOVING = 120;

    private final StaticPainter staticPainter;
    private final MovingPainter movingPainter;
    private final Ticker ticker;
    private final StillLayer still = new StillLayer(this::paintStill);
    private final Canvas moving = new Canvas();
    private final TrafficDots dots = new TrafficDots();
    private final Guarded movingGuard = new Guarded("what moves in the topology");
    private final FrameClock clock = new FrameClock(this, this::paintFrame);
    private final ReadOnlyObjectWrapper<Viewport> viewport =
            new ReadOnlyObjectWrapper<>(this, "viewport", Viewport.START);
    private final ObjectProperty<Selection> pointed = new SimpleObjectProperty<>(this, "pointed", Selection.nothing());
    private final ObjectProperty<Selection> keyFocus =
            new SimpleObjectProperty<>(this, "keyFocus", Selection.nothing());

    private @Nullable GraphInput input;
    private @Nullable GraphScene scene;
    private Signs signs = Signs.NONE;
    private Optional<StillKey> painted = Optional.empty();
    private GraphLayout spaced = GraphLayout.EMPTY;
    private GraphLayout leaving = GraphLayout.EMPTY;
    private double moved = 1;
    private boolean following = true;
    private boolean dotsWanted = true;
    private long arrivedNanos;

    public GraphStage(Texts texts, Formats formats, Ticker ticker) {
        this.ticker = ticker;
        staticPainter = new StaticPainter(texts, formats);
        movingPainter = new MovingPainter(texts, formats);
        getStyleClass().add("mesh-graph");
        moving.setMouseTransparent(true);
        getChildren().addAll(still, moving);
        pointed.subscribe((before, now) -> restage());
        keyFocus.subscribe((before, now) -> restage());
        viewport.subscribe((before, now) -> still.repaint());
    }

    /** Begins to move. */
    public void start() {
        clock.start();
    }

    public void stop() {
        clock.stop();
    }

    /** What is seen of the graph. */
    public ReadOnlyObjectProperty<Viewport> viewportProperty() {
        return viewport.getReadOnlyProperty();
    }

    public ObjectProperty<Selection> pointedProperty() {
        return pointed;
    }

    /** Where the keyboard is. */
    public ObjectProperty<Selection> keyFocusProperty() {
        return keyFocus;
    }

    /** The scene as it was last staged; {@code null} before the first. */
    public @Nullable GraphScene scene() {
        return scene;
    }

    /** How many dots run. */
    public int dotCount() {
        return dots.count();
    }

    /** Shows something else; what differs decides what is painted again. */
    public void show(GraphInput now) {
        GraphInput before = input;
        input = now;
        if (before == null || !before.model().at().equals(now.model().at())) {
            arrivedNanos = ticker.nanos();
        }
        boolean arrangedAnew = before == null || !before.layout().equals(now.layout());
        if (arrangedAnew) {
            dotsWanted = now.model().edges().size() <= DotRules.MOST_EDGES;
            arrange();
        }
        restage();
        if (scene != null) {
            dots.update(now.model(), scene.routes());
        }
    }

    /** Moves the columns to the gap that fits the room, and sets off for the new places. */
    private void arrange() {
        GraphInput current = input;
        if (current == null) {
            return;
        }
        double room = (getWidth() - MARGINS.left() - MARGINS.right()) / still.em();
        GraphLayout goal = Spacing.fit(current.model().shape(), current.layout(), room);
        boolean travel = !spaced.isEmpty()
                && goal.boxes().size() <= MOST_MOVING
                && !Motion.isReduced(this)
                && !goal.equals(spaced);
        leaving = travel ? spaced : GraphLayout.EMPTY;
        moved = travel ? 0 : 1;
        spaced = goal;
        if (following) {
            fitNow();
        }
    }

    /** Builds the scene from what is known now. */
    private void restage() {
        GraphInput current = input;
        if (current == null) {
            return;
        }
        GraphLayout layout = moved < 1 ? leaving.towards(spaced, eased(moved)) : spaced;
        scene = new GraphScene(
                current.model(),
                layout,
                routes(current.model().shape(), layout),
                current.selection(),
                pointed.get(),
                keyFocus.get(),
                current.found(),
                current.findMode(),
                current.show(),
                current.freshness());
        repaintIfDifferent(scene);
    }

    private void repaintIfDifferent(GraphScene staged) {
        Optional<StillKey> key = StillKey.of(staged, viewport.get());
        if (key.isEmpty() || !key.equals(painted)) {
            painted = key;
            still.repaint();
        }
    }

    private Map<EdgeId, Route> routes(GraphShape shape, GraphLayout layout) {
        GraphScene before = scene;
        if (before != null
                && before.layout().equals(layout)
                && before.model().shape().equals(shape)) {
            return before.routes();
        }
        return Routes.of(shape, layout);
    }

    private static double eased(double part) {
        return 1 - (1 - part) * (1 - part);
    }

    private void paintStill(GraphicsContext g, Palette palette) {
        GraphScene current = scene;
        if (current != null) {
            signs = staticPainter.paint(g, palette, viewport.get(), current);
        }
    }

    /** Lets time pass by hand and paints what moves; the stage does so by itself while it is started. */
    public void paintFrame(double seconds) {
        movingGuard.run(() -> frame(seconds));
    }

    private void frame(double seconds) {
        if (moved < 1) {
            moved = Math.min(1, moved + Math.max(seconds, 0.001) / MOVE_SECONDS);
            restage();
            GraphScene travelling = scene;
            if (travelling != null) {
                dots.update(travelling.model(), travelling.routes());
            }
        }
        GraphScene current = scene;
        if (current == null) {
            return;
        }
        boolean live = current.freshness() == GraphScene.Freshness.LIVE;
        if (live && !Motion.isReduced(this)) {
            dots.advance(seconds);
        }
        paintMoving(current);
    }

    private void paintMoving(GraphScene current) {
        GraphicsContext g = moving.getGraphicsContext2D();
        g.clearRect(0, 0, moving.getWidth(), moving.getHeight());
        g.setFontSmoothingType(FontSmoothingType.GRAY);
        movingPainter.paint(
                g,
                still.colors(),
                viewport.get(),
                current,
                dotsWanted ? dots : new TrafficDots(),
                signs,
                meshNow(current));
    }

    /** The mesh's own time now: its clock may differ from ours, so the snapshot's is carried on. */
    private Instant meshNow(GraphScene current) {
        long since = current.freshness() == GraphScene.Freshness.LIVE ? ticker.nanos() - arrivedNanos : 0;
        return current.model().at().plusNanos(Math.max(0, since));
    }

    @Override
    protected void layoutChildren() {
        still.resizeRelocate(0, 0, getWidth(), getHeight());
        moving.setWidth(Math.max(0, getWidth()));
        moving.setHeight(Math.max(0, getHeight()));
        Viewport now = viewport.get();
        if (now.width() != getWidth() || now.height() != getHeight() || now.em() != still.em()) {
            viewport.set(now.sized(getWidth(), getHeight(), still.em()));
            if (following) {
                arrange();
                restage();
                GraphScene current = scene;
                if (current != null) {
                    dots.update(current.model(), current.routes());
                }
            }
        }
    }

    /** Brings the whole graph into view and keeps it there. */
    public void fit() {
        following = true;
        arrange();
        restage();
    }

    /** Whether the whole graph is in view. */
    public boolean seesAll() {
        Box all = spaced.bounds();
        Box seen = viewport.get().exactlyVisible();
        return all.x() >= seen.x() - 1
                && all.y() >= seen.y() - 1
                && all.right() <= seen.right() + 1
                && all.bottom() <= seen.bottom() + 1;
    }

    /** The box around the whole graph. */
    public Box bounds() {
        return spaced.bounds();
    }

    /** Fills the stage with a part of the graph, at most at 150 %. */
    public void fitTo(Box box) {
        following = false;
        viewport.set(viewport.get().fitted(box, MARGINS, 1.5));
    }

    public void pan(double dx, double dy) {
        following = false;
        viewport.set(viewport.get().panned(dx, dy));
    }

    /** Zooms by a factor and keeps a point of the stage where it is. */
    public void zoomAt(double x, double y, double factor) {
        following = false;
        viewport.set(viewport.get().zoomedAt(x, y, factor));
    }

    public void zoomBy(double factor) {
        zoomAt(getWidth() / 2, getHeight() / 2, factor);
    }

    public void centerOn(double graphX, double graphY) {
        following = false;
        viewport.set(viewport.get().centeredOn(graphX, graphY));
    }

    private void fitNow() {
        Viewport now = viewport.get();
        if (now.width() > 0 && !spaced.isEmpty()) {
            viewport.set(now.fitted(spaced.bounds(), MARGINS, 1));
        }
    }

    /** What lies under a point of the stage. */
    public Selection at(double x, double y) {
        GraphScene current = scene;
        return current == null
                ? Selection.nothing()
                : HitTest.at(x, y, viewport.get(), current.layout(), current.routes(), current::clickable);
    }
}
