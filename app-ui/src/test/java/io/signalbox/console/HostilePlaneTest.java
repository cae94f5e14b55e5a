package io.signalbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.HostilePlane.Kind;
import io.signalbox.console.control.Commands;
import io.signalbox.console.shell.ScreenId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a control plane says, the console that is attached to it goes on. */
class HostilePlaneTest {

    private static final Duration PAUSE = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    /**
     * What a visit of all screens cost.
     *
     * @param cpuNanos that the FX thread computed
     * @param mostNodes in the window at once
     * @param mostCharacters in texts at once
     */
    private record Visit(long cpuNanos, long mostNodes, long mostCharacters, List<String> texts) {}

    @Test
    void fiftyThousandServicesCostTheWindowAboutAsMuchAsTwelve() {
        Visit harmless = visit(Kind.HARMLESS);
        Visit hostile = visit(Kind.MANY_SERVICES);

        assertThat(hostile.mostNodes()).isLessThan(3 * harmless.mostNodes());
        assertThat(hostile.mostCharacters()).isLessThan(4 * harmless.mostCharacters());
        assertThat(hostile.cpuNanos()).isLessThan(4 * harmless.cpuNanos());
        assertThat(hostile.texts()).contains("1,000 of 50,000 services are shown: filter to see others");
        assertThat(harmless.texts()).noneMatch(text -> text.contains("are shown: filter"));
    }

    @ParameterizedTest
    @EnumSource(names = {"LONG_NAMES", "TURNED_NAMES"})
    void noTextInTheWindowIsLongOrTurnsWritingAndNothingCountsAsADefect(Kind kind) {
        List<LogRecord> defects = new CopyOnWriteArrayList<>();
        Handler ear = new StreamHandler() {
            @Override
            public void publish(LogRecord line) {
                defects.add(line);
            }
        };
        Logger log = Logger.getLogger(Commands.class.getName());
        log.addHandler(ear);
        Visit visit = visit(kind);
        log.removeHandler(ear);

        assertThat(visit.texts())
                .hasSizeGreaterThan(100)
                .allMatch(text -> text.length() <= 3_000)
                .noneMatch(text -> text.chars()
                        .anyMatch(c -> c != '\n'
                                && (Character.getType(c) == Character.CONTROL
                                        || Character.getType(c) == Character.FORMAT)));
        assertThat(visit.texts())
                .anyMatch(text ->
                        text.matches("The policies of 1?[0-9] services cannot be read; that of .+: line \\d+.+"));
        assertThat(defects).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DEEP,depth", "NOT_A_NUMBER,NaN"})
    void whatCannotBeReadIsRefusedWithTheReason(Kind kind, String why) {
        try (HostilePlane plane = new HostilePlane(kind, PAUSE);
                AttachedConsole console = new AttachedConsole(plane.address(), folder)) {
            assertThat(console.refusal()).containsIgnoringCase(why).hasSizeLessThan(2_000);
            for (ScreenId screen : ScreenId.values()) {
                console.open(screen);
            }
            assertThat(console.texts())
                    .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(why.toLowerCase(Locale.ROOT)));
        }
    }

    private Visit visit(Kind kind) {
        try (HostilePlane plane = new HostilePlane(kind, PAUSE);
                AttachedConsole console = new AttachedConsole(plane.address(), folder)) {
            Thread fx = console.thread();
            long mostNodes = 0;
            long mostCharacters = 0;
            List<String> texts = new ArrayList<>();
            console.pictures(1);
            long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(fx.threadId());
            for (ScreenId screen : ScreenId.values()) {
                console.open(screen);
                console.pictures(2);
                List<String> now = console.texts();
                texts.addAll(now);
                mostNodes = Math.max(mostNodes, console.nodes());
                mostCharacters = Math.max(
                        mostCharacters, now.stream().mapToLong(String::length).sum());
            }
            long worked = ManagementFactory.getThreadMXBean().getThreadCpuTime(fx.threadId()) - before;
            return new Visit(worked, mostNodes, mostCharacters, texts);
        }
    }
}
