package io.signalbox.shop.service;

import io.signalbox.shop.line.LinePool;
import io.signalbox.shop.web.NeighbourFailure;
import io.signalbox.shop.web.Refusal;
import java.io.IOException;

/**
 * The stock service as its callers reach it: lines over TCP, through the connections that one instance keeps.
 *
 * <p>When a connection breaks, nobody knows whether the line was obeyed, and a mesh that carries bytes cannot try again.
 * This caller may, once, because stock reserves an item for an order only once. Blocks.
 */
final class StockDesk {

    static final String SERVICE = "stock";

    private final LinePool pool;

    StockDesk(LinePool pool) {
        this.pool = pool;
    }

    /**
     * Reserves that many for the order; answers how many are left.
     *
     * @throws Refusal with 409 if there are not enough
     */
    int reserve(String item, int quantity, String order) {
        requireWord("item", item);
        requireWord("order", order);
        String[] answer = ask("RESERVE " + item + " " + quantity + " " + order).split(" ", 2);
        return switch (answer[0]) {
            case "OK" -> left(answer);
            case "SHORT" -> throw new Refusal(409, item + ": " + quantity + " (in stock: " + left(answer) + ")");
            default -> throw new NeighbourFailure(SERVICE, "it answered " + String.join(" ", answer));
        };
    }

    /** A blank or an end of line in a name would make another command of it. */
    private static void requireWord(String what, String word) {
        if (!word.matches("[A-Za-z0-9._-]{1,80}")) {
            throw new Refusal(400, what + ": expected 1..80 letters, digits, dots, dashes or underscores");
        }
    }

    private String ask(String line) {
        try {
            return pool.ask(line);
        } catch (IOException broken) {
            return askAgain(line);
        }
    }

    private String askAgain(String line) {
        try {
            return pool.ask(line);
        } catch (IOException e) {
            throw new NeighbourFailure(SERVICE, String.valueOf(e.getMessage()));
        }
    }

    private static int left(String[] answer) {
        try {
            return Integer.parseInt(answer[1]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new NeighbourFailure(SERVICE, "it answered " + String.join(" ", answer));
        }
    }
}
