import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.SystemScheduler;
import io.signalbox.mesh.time.Ticker;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process with the store, to be killed.
 *
 * <p>Says what the store holds of the writes from a number on, then {@code open}; from then on it writes until it is killed,
 * and says {@code ok} after each write that the store acknowledged, {@code full} after one for which there was no room. A
 * write puts its number under a key of its own and, in the same transaction, on the page of its thread, if nobody did since.
 */
final class Writer {

    static final String WRITES = "write/";
    static final String PAGES = "page/";
    private static final int THREADS = 4;
    private static final int LONGEST_VALUE = 1_000;
    private static final int ONE_WRITE_THAT_NEEDS_MANY_PAGES_IN = 50;
    private static final int MANY_PAGES = 40_000;

    private final Store store;
    private final PrintStream out;
    private final AtomicLong numbers;

    private Writer(Store store, PrintStream out, long first) {
        this.store = store;
        this.out = out;
        this.numbers = new AtomicLong(first);
    }

    static String key(long number) {
        return "%s%012d".formatted(WRITES, number);
    }

    /** What is written under a number: of it alone, so that whoever knows the number knows the whole. */
    static String value(long number) {
        Random random = new Random(number);
        int length =
                random.nextInt(ONE_WRITE_THAT_NEEDS_MANY_PAGES_IN) == 0 ? MANY_PAGES : random.nextInt(LONGEST_VALUE);
        return number + ":" + Character.toString('a' + (int) (number % 26)).repeat(length);
    }

    /** Arguments: folder, first number to write, first number to tell, whether to write at all. */
    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[1]);
        PrintStream out = System.out;
        Store store = LocalStore.open(Path.of(arguments[0]), Ticker.system(), new SystemScheduler("store"));
        Writer writer = new Writer(store, out, first);
        writer.tell(Long.parseLong(arguments[2]));
        if (Boolean.parseBoolean(arguments[3])) {
            for (int i = 0; i < THREADS; i++) {
                String page = PAGES + i;
                Thread.ofPlatform().start(() -> writer.writeOn(page));
            }
        } else {
            store.close();
            System.exit(0);
        }
    }

    private void tell(long from) {
        for (StoreEntry entry : store.range(KeyRange.prefix(PAGES))) {
            out.println("page " + entry.key() + " " + entry.value());
        }
        KeyRange all = KeyRange.prefix(WRITES);
        for (StoreEntry entry : store.range(new KeyRange(key(from), all.before(), all.limit(), all.order()))) {
            long number = Long.parseLong(entry.key().substring(WRITES.length()));
            out.println((entry.value().equals(value(number)) ? "kept " : "spoilt ") + number);
        }
        out.println("open");
    }

    private void writeOn(String page) {
        long seen = store.get(page).map(StoreEntry::modified).orElse(0L);
        while (true) {
            long number = numbers.getAndIncrement();
            try {
                Outcome outcome = store.commit(Transaction.EMPTY
                        .when(page, seen)
                        .put(page, "" + number)
                        .put(key(number), value(number)));
                seen = ((Outcome.Committed) outcome).revision();
                out.println("ok " + number);
            } catch (StoreException e) {
                boolean full = String.valueOf(e.getMessage()).contains("SQLITE_FULL");
                out.println((full ? "full " : "failed ") + number + " " + e.getMessage() + ": " + e.getCause());
            }
        }
    }
}
