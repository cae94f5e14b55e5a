package io.signalbox.shop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.CornerShopOptions;
import io.signalbox.shop.DirectMesh;
import io.signalbox.shop.load.LoadProfile;
import io.signalbox.shop.web.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HeadlessDemoTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private HeadlessDemo demo() {
        PrintStream text = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new HeadlessDemo(
                (_, _) -> new DirectMesh(),
                Ticker.system(),
                InstantSource.system(),
                text,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Terminal(text, Terminal.Kind.INTERACTIVE));
    }

    private static DemoOptions options(Optional<Duration> duration, DemoOptions.Output output) {
        return new DemoOptions(
                new CornerShopOptions(3, 40, LoadProfile.CALM),
                Layout.ONE_PROCESS,
                OptionalInt.empty(),
                duration,
                output);
    }

    private int execute(String... arguments) {
        DemoCommand command = new DemoCommand(
                (_, _) -> new DirectMesh(),
                _ -> 77,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new CommandLine(command)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    @Test
    void aRunSaysWhenItIsReadyShowsATableAndSumsUp() {
        int status =
                demo().run(options(Optional.of(Duration.ofMillis(2_500)), DemoOptions.Output.TEXT), new StopSignal());
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(status).isZero();
        assertThat(text).startsWith("ready control-plane=http://127.0.0.1:9 token-file=token entry=http://127.0.0.1:");
        assertThat(text).contains("SERVICE").contains("ran          2 s").contains("failures     0");
    }

    @Test
    void aStoppedRunStillSumsUpAndSaysThatItWasStopped() {
        StopSignal stop = new StopSignal();
        stop.give();
        int status = demo().run(options(Optional.empty(), DemoOptions.Output.TEXT), stop);
        assertThat(status).isEqualTo(130);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("requests");
    }

    @Test
    void asJsonTheStandardOutputIsTheSummaryAlone() {
        demo().run(options(Optional.of(Duration.ofMillis(500)), DemoOptions.Output.JSON), new StopSignal());
        Map<?, ?> summary = Json.read(out.toString(StandardCharsets.UTF_8), Map.class);
        assertThat(summary.get("failures")).isEqualTo(0);
        assertThat(summary.containsKey("meshHops")).isTrue();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("ready ");
    }

    @Test
    void withoutHeadlessTheConsoleIsShown() {
        assertThat(execute("--rps", "10")).isEqualTo(77);
    }

    @Test
    void badOptionsAreRefusedInOneLine() {
        assertThat(execute("--headless", "--rps", "5000")).isEqualTo(2);
        assertThat(execute("--headless", "--duration", "soon")).isEqualTo(2);
        assertThat(execute("--headless", "--profile", "riot")).isEqualTo(2);
        assertThat(execute("--headless", "-o", "xml")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "signalbox demo: rps: 5000.0 (expected: 0..1000)",
                        "signalbox demo: duration: soon (expected: a duration with a unit, such as 250ms, 5s, 1m30s or"
                                + " 1h)",
                        "signalbox demo: profile: riot (expected: calm | lunch | flash-sale | bot)",
                        "signalbox demo: output: xml (expected: text | json)");
    }
}
