package io.signalbox.console.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GuardedTest {

    private final List<LogRecord> said = new ArrayList<>();
    private final Logger log = Logger.getLogger(Guarded.class.getName());
    private final Guarded guard = new Guarded("the graph");
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord record) {
            said.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.setUseParentHandlers(false);
        log.addHandler(ear);
    }

    @AfterEach
    void leave() {
        log.removeHandler(ear);
        log.setUseParentHandlers(true);
    }

    @Test
    void aFrameThatFailsIsLeftOutAndSaidOnce() {
        guard.run(GuardedTest::fail);
        guard.run(GuardedTest::fail);

        assertThat(said).hasSize(1);
    }

    @Test
    void theNextOneIsDrawnAndTheNextFailureSaid() {
        List<String> drawn = new ArrayList<>();

        guard.run(GuardedTest::fail);
        guard.run(() -> drawn.add("frame"));
        guard.run(GuardedTest::fail);

        assertThat(drawn).containsExactly("frame");
        assertThat(said).hasSize(2);
    }

    private static void fail() {
        throw new IllegalStateException("a name that nobody thought of");
    }
}
