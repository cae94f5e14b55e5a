package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.Requests.TapListener;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestFilter.Statuses;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.Tap;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code signalbox tap}: one line for each request that ends, as it ends. */
@Command(
        name = "tap",
        mixinStandardHelpOptions = true,
        description = "Shows requests as they end, until stopped.",
        footer = {
            "",
            "Requests that failed, were slow or were retried are always shown; of all others a share when they are"
                    + " many."
        })
final class TapCommand extends MeshCommand {

    @Parameters(
            paramLabel = "SERVICE",
            arity = "0..1",
            description = "Only requests from or to this service (default: all).")
    private @Nullable String service;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only this status, or class: 503, 5xx.")
    private @Nullable String status;

    @Option(names = "--min-duration", paramLabel = "TIME", description = "Only requests that took so long: 100ms.")
    private @Nullable String minDuration;

    @Option(names = "--cause", paramLabel = "CAUSE", description = "Only this cause: breaker-open.")
    private @Nullable String cause;

    @Option(names = "--path", paramLabel = "PREFIX", description = "Only paths that begin so: /items.")
    private @Nullable String path;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text, or json for one object a line (default: text).",
            converter = FormatConverter.class)
    private Format format = Format.TEXT;

    TapCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(MeshConnection mesh) {
        RequestFilter filter = filter();
        CountDownLatch unread = new CountDownLatch(1);
        try (MeshConnection.Subscription subscription = mesh.requests().tap(filter, new TapListener() {
            @Override
            public void request(RequestLine request) {
                show(request);
                if (surroundings().out().checkError()) {
                    unread.countDown();
                }
            }

            @Override
            public void dropped(long count) {
                warn(count + " requests were passed over: this end reads too slowly");
            }

            @Override
            public void untold(long count) {
                warn(count + " requests were not told: too many came at once at their sidecars, or nobody heard them");
            }

            @Override
            public void leftOut(long count) {
                warn(count + " requests were left out: more than " + Tap.MOST_A_SECOND
                        + " came in a second; a filter shows all that it takes");
            }

            @Override
            public void disconnected(String why) {
                warn("not connected: " + why);
            }
        })) {
            unread.await();
            return ExitStatus.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.INTERRUPTED;
        }
    }

    private void show(RequestLine request) {
        say(
                switch (format) {
                    case TEXT -> RequestWords.line(request);
                    case JSON -> Json.text(request);
                });
    }

    private void warn(String what) {
        surroundings().err().println("signalbox: " + what);
        surroundings().err().flush();
    }

    private RequestFilter filter() {
        return new RequestFilter(
                service,
                status == null ? null : Statuses.parse(status),
                minDuration == null ? Duration.ZERO : DurationText.parse("min-duration", minDuration),
                cause == null ? null : cause(cause),
                path);
    }

    private static Cause cause(String text) {
        return Cause.parse(text)
                .orElseThrow(() -> new InvalidValueException(
                        "cause",
                        text,
                        Arrays.stream(Cause.values()).map(Cause::wireName).collect(Collectors.joining(" | "))));
    }

    /** What can be written. */
    enum Format {
        TEXT,
        JSON
    }

    /** Reads a format by its lower-case name. */
    static final class FormatConverter implements picocli.CommandLine.ITypeConverter<Format> {

        private static final Map<String, Format> FORMATS = Map.of("text", Format.TEXT, "json", Format.JSON);

        @Override
        public Format convert(String text) {
            Format format = FORMATS.get(text);
            if (format == null) {
                throw new TypeConversionException("output: " + text + " (expected: text | json)");
            }
            return format;
        }
    }
}
