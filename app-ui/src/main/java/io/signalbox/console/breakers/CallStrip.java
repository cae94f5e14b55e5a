package io.signalbox.console.breakers;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.TextWidths;
import io.signalbox.console.widget.ThemedCanvas;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.RecordedCall;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/**
 * The calls that led to an opening, one bar each: its height is how long the call took, its foot how it ended. Those that
 * were judged are framed; right of the line nothing was let through. The pointer or the arrow keys choose a call.
 */
final class CallStrip extends ThemedCanvas {

    private static final double HEIGHT = 190;
    private static final double RIGHT = 116;
    private static final double TOP = 24;
    private static final double FOOT = 14;
    private static final double BOTTOM = 16;
    private static final double WIDEST = 26;
    private static final double NARROWEST = 5;
    private static final int USUAL = 40;
    private static final int BEFORE = 8;

    private final AutopsyWords words;
    private final IntegerProperty chosen = new SimpleIntegerProperty(this, "chosen", 0);
    private Consumer<RecordedCall> open = call -> {};
    private @Nullable CircuitAutopsy circuit;

    CallStrip(AutopsyWords words) {
        this.words = words;
        getStyleClass().addAll("call-strip", "mesh-focusable");
        setId("call-strip");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        chosen.subscribe(now -> told());
        focusedProperty().subscribe(now -> repaint());
        setOnMouseMoved(event -> at(event.getX()).ifPresent(chosen::set));
        setOnMouseClicked(event -> {
            requestFocus();
            if (event.getClickCount() == 2) {
                call().ifPresent(open);
            }
        });
        setOnKeyPressed(this::key);
    }

    /** @param open is told of a call that is to be explained */
    void onOpen(Consumer<RecordedCall> open) {
        this.open = open;
    }

    /** Shows other calls, and chooses the one that opened the circuit; the same ones keep what is chosen. */
    void show(CircuitAutopsy now) {
        CircuitAutopsy before = circuit;
        circuit = now;
        if (before == null || !before.opened().equals(now.opened())) {
            chosen.set(now.calls().size() - 1);
        }
        told();
    }

    /** The place of the call that is chosen. */
    IntegerProperty chosen() {
        return chosen;
    }

    Optional<RecordedCall> call() {
        int at = chosen.get();
        return calls().size() > at && at >= 0 ? Optional.of(calls().get(at)) : Optional.empty();
    }

    private void told() {
        setAccessibleText(call().map(words::line).orElse(""));
        repaint();
    }

    private void key(KeyEvent event) {
        int last = calls().size() - 1;
        int first = calls().size() - shown();
        switch (event.getCode()) {
            case LEFT -> chosen.set(Math.max(first, chosen.get() - 1));
            case RIGHT -> chosen.set(Math.min(last, chosen.get() + 1));
            case HOME -> chosen.set(first);
            case END -> chosen.set(last);
            case ENTER -> call().ifPresent(open);
            default -> {
                return;
            }
        }
        event.consume();
    }

    @Override
    protected double computePrefHeight(double width) {
        return px(HEIGHT);
    }

    @Override
    protected double computeMinHeight(double width) {
        return px(HEIGHT);
    }

    private List<RecordedCall> calls() {
        CircuitAutopsy now = circuit;
        return now == null ? List.of() : now.calls();
    }

    /** As many as there is room for: the judged ones and some before, or so many as usual. */
    private int shown() {
        CircuitAutopsy now = circuit;
        int wanted = now == null ? 0 : Math.max(USUAL, now.judged() + BEFORE);
        int room = (int) ((getWidth() - px(RIGHT)) / px(NARROWEST));
        return Math.max(0, Math.min(calls().size(), Math.min(wanted, Math.max(1, room))));
    }

    private double step() {
        return Math.min(px(WIDEST), (getWidth() - px(RIGHT)) / Math.max(1, shown()));
    }

    /** Left edge of a call's place; the last one ends at the line. */
    private double left(int call) {
        return line() - (calls().size() - call) * step();
    }

    private double line() {
        return Math.min(getWidth() - px(RIGHT), px(6) + shown() * step());
    }

    private Optional<Integer> at(double x) {
        int call = calls().size() - 1 - (int) Math.floor((line() - x) / step());
        return x < line() && call >= calls().size() - shown() && call < calls().size()
                ? Optional.of(call)
                : Optional.empty();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        CircuitAutopsy now = circuit;
        if (now == null) {
            return;
        }
        double floor = height - px(BOTTOM) - px(FOOT);
        int first = calls().size() - shown();
        double highest = highest(first);
        g.setTextBaseline(VPos.CENTER);
        frame(g, now, Math.max(first, calls().size() - now.judged()), floor);
        for (int i = first; i < calls().size(); i++) {
            bar(g, calls().get(i), left(i), floor, highest, i == chosen.get());
        }
        g.setStroke(palette().get(Token.BORDER));
        g.setLineWidth(1);
        g.strokeLine(left(first), Math.floor(floor) + 0.5, line(), Math.floor(floor) + 0.5);
        times(g, first, height);
        opened(g, now, floor);
        if (isFocused()) {
            g.setStroke(palette().get(Token.ACCENT));
            g.setLineWidth(focusWidth());
            g.strokeRoundRect(1, 1, width - 2, height - 2, px(6), px(6));
        }
    }

    private double highest(int first) {
        return Math.max(
                1,
                calls().subList(first, calls().size()).stream()
                        .mapToLong(call -> call.durationNanos() == null ? 0 : call.durationNanos())
                        .max()
                        .orElse(1));
    }

    private void frame(GraphicsContext g, CircuitAutopsy now, int from, double floor) {
        double x = Math.floor(left(from)) - px(1.5) + 0.5;
        double right = line() - px(1);
        g.setFill(palette().get(Token.DANGER_SUBTLE, 0.55));
        g.fillRoundRect(x, px(TOP), right - x, floor + px(FOOT) - px(TOP), px(6), px(6));
        g.setStroke(palette().get(Token.DANGER));
        g.setLineWidth(1);
        g.setLineDashes(px(4), px(3));
        g.strokeRoundRect(x, px(TOP) + 0.5, right - x, floor + px(FOOT) - px(TOP), px(6), px(6));
        g.setLineDashes();
        Font font = Face.SANS_SEMIBOLD.font(px(11));
        String label = words.bracket(now);
        g.setFont(font);
        g.setFill(palette().get(Token.DANGER));
        double middle = (x + right) / 2 - TextWidths.of(label, font) / 2;
        g.fillText(label, Math.max(px(2), middle), px(TOP) - px(10));
    }

    private void bar(
            GraphicsContext g, RecordedCall call, double left, double floor, double highest, boolean isChosen) {
        double room = floor - px(TOP) - px(8);
        Long nanos = call.durationNanos();
        double height = Math.max(px(3), nanos == null ? 0 : room * nanos / highest);
        double wide = Math.max(px(2), step() - px(step() > px(8) ? 4 : 1.5));
        double x = left + (step() - wide) / 2;
        boolean failed = call.verdict() == Verdict.FAILED;
        boolean slow = call.speed() == Speed.SLOW;
        if (isChosen) {
            g.setFill(palette().get(Token.ACCENT, 0.22));
            g.fillRect(left, px(TOP) + 1, step(), floor + px(FOOT) - px(TOP) - 1);
        }
        g.setFill(palette().get(failed ? Token.DANGER_SUBTLE : slow ? Token.WARN_SUBTLE : Token.TRACK));
        g.fillRoundRect(x, floor - height, wide, height, px(3), px(3));
        if (failed || slow) {
            g.setStroke(palette().get(failed ? Token.LAMP_DANGER : Token.LAMP_WARN));
            g.setLineWidth(px(1.25));
            g.strokeRoundRect(x + 0.5, floor - height + 0.5, wide - 1, height - 1, px(3), px(3));
        }
        foot(g, x + wide / 2, floor + px(FOOT) / 2, failed, slow);
    }

    /** A disc for a good call, a hollow diamond for a slow one, a cross for a failed one. */
    private void foot(GraphicsContext g, double x, double y, boolean failed, boolean slow) {
        double r = Math.min(px(3), step() / 2.6);
        if (failed) {
            g.setStroke(palette().get(Token.LAMP_DANGER));
            g.setLineWidth(px(1.6));
            g.strokeLine(x - r, y - r, x + r, y + r);
            g.strokeLine(x - r, y + r, x + r, y - r);
        } else if (slow) {
            g.setStroke(palette().get(Token.LAMP_WARN));
            g.setLineWidth(px(1.4));
            g.strokePolygon(new double[] {x - r, x, x + r, x}, new double[] {y, y - r, y, y + r}, 4);
        } else {
            g.setFill(palette().get(Token.LAMP_OK));
            g.fillOval(x - r * 0.75, y - r * 0.75, r * 1.5, r * 1.5);
        }
    }

    private void times(GraphicsContext g, int first, double height) {
        if (calls().isEmpty()) {
            return;
        }
        Font font = Face.MONO.font(px(10.5));
        g.setFont(font);
        g.setFill(palette().get(Token.FG_SUBTLE));
        String begin = words.clock(calls().get(first));
        double y = height - px(BOTTOM) / 2;
        double last = TextWidths.of(begin, font) + px(6);
        g.fillText(begin, Math.max(px(2), left(first)), y);
        String end = words.clock(calls().getLast());
        double x = line() - TextWidths.of(end, font);
        if (x > left(first) + last) {
            g.fillText(end, x, y);
        }
    }

    private void opened(GraphicsContext g, CircuitAutopsy now, double floor) {
        double x = Math.floor(line() + px(5)) + 0.5;
        g.setStroke(palette().get(Token.DANGER));
        g.setLineWidth(px(2));
        g.strokeLine(x, px(TOP) - px(14), x, floor + px(FOOT));
        double text = x + px(8);
        g.setFont(Face.SANS_SEMIBOLD.font(px(11)));
        g.setFill(palette().get(Token.DANGER));
        g.fillText(words.text("breakers.why.line"), text, px(TOP) - px(8));
        g.setFont(Face.MONO.font(px(10.5)));
        g.setFill(palette().get(Token.FG_MUTED));
        g.fillText(words.opened(now), text, px(TOP) + px(8));
        g.setFont(Face.SANS.font(px(11)));
        g.fillText(words.refused(now), text, floor - px(10));
        g.setStroke(palette().get(Token.IDLE));
        g.setLineWidth(px(1.2));
        g.setLineDashes(px(2), px(2));
        for (int i = 0; i < Math.min(4, now.refused().getFirst().calls()); i++) {
            g.strokeOval(text + i * px(12), floor + px(FOOT) / 2 - px(3.5), px(7), px(7));
        }
        g.setLineDashes();
    }
}
