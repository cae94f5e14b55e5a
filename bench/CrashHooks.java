import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom rollouts ask in {@link RolloutCrash}: writes down what each question was answered. One answer in five is a 500, but never
 * three in a row to one question; one in four takes a while.
 */
final class CrashHooks implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");
    private static final int MOST_FAILURES = 2;
    private static final int SHORTEST_MILLIS = 100;
    private static final int MORE_MILLIS = 1_500;

    private final HttpServer server;
    private final Random random;
    private final Map<String, Question> questions = new TreeMap<>();
    private int answers;
    private int refusals;
    private int wrongKeys;

    /** What one question was answered. */
    static final class Question {
        private int asked;
        private int agreed;
        private int refusedInARow;
        private Instant firstAgreed = Instant.MAX;

        boolean agreedBy(Instant time) {
            return !firstAgreed.isAfter(time);
        }

        int agreed() {
            return agreed;
        }
    }

    CrashHooks(long seed) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        int millis;
        int status;
        synchronized (this) {
            Matcher id = ID.matcher(body);
            wrongKeys += id.find() && id.group(1).equals(key) ? 0 : 1;
            Question question = questions.computeIfAbsent(key, _ -> new Question());
            question.asked++;
            boolean refuses = random.nextInt(5) == 0 && question.refusedInARow < MOST_FAILURES;
            question.refusedInARow = refuses ? question.refusedInARow + 1 : 0;
            status = refuses ? 500 : 200;
            millis = random.nextInt(4) == 0 ? SHORTEST_MILLIS + random.nextInt(MORE_MILLIS) : 0;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            answers++;
            Question question = questions.get(key);
            if (status == 200) {
                question.agreed++;
                Instant now = Instant.now();
                question.firstAgreed = now.isBefore(question.firstAgreed) ? now : question.firstAgreed;
            } else {
                refusals++;
            }
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** The keys by which that was asked: one, unless something is wrong. */
    synchronized List<String> keys(String prefix) {
        return questions.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    synchronized boolean agreedBy(String prefix, Instant time) {
        return questions.entrySet().stream()
                .anyMatch(
                        its -> its.getKey().startsWith(prefix) && its.getValue().agreedBy(time));
    }

    synchronized int wrongKeys() {
        return wrongKeys;
    }

    synchronized int questions() {
        return questions.size();
    }

    /** Questions that were put again though they had been agreed to: their answer was lost by a kill. */
    synchronized long agreedAgain() {
        return questions.values().stream()
                .filter(question -> question.agreed() > 1)
                .count();
    }

    synchronized String figures() {
        return answers + " answers of webhooks to " + questions.size() + " questions, " + refusals + " of them 500; "
                + agreedAgain() + " questions were put again by the same key after they were agreed to";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
