package io.signalbox.mesh.time;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears what one class logs, in place of those who heard it before, until it is closed. */
public final class LogEar implements AutoCloseable {

    private final List<LogRecord> heard = new CopyOnWriteArrayList<>();
    private final Logger log;
    private final boolean parents;
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord record) {
            heard.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public LogEar(String logger) {
        log = Logger.getLogger(logger);
        parents = log.getUseParentHandlers();
        log.setUseParentHandlers(false);
        log.addHandler(ear);
    }

    public List<LogRecord> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        log.removeHandler(ear);
        log.setUseParentHandlers(parents);
    }
}
