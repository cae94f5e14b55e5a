package io.signalbox.shop.service;

import io.signalbox.shop.line.LineReply;
import io.signalbox.shop.line.LineService;
import io.signalbox.shop.web.Pace;
import java.time.Duration;
import java.util.List;

/**
 * What lies in the store, line by line: {@code RESERVE item n order} is answered by {@code OK left} or
 * {@code SHORT left}, {@code LEVEL item} by {@code OK left}, {@code QUIT} by {@code BYE}; what is none of these by
 * {@code ERR why}.
 */
final class Stock implements LineService {

    private static final Duration WORK = Duration.ofMillis(1);

    private final Shelves room;
    private final Pace pace;

    Stock(Shelves room, Pace pace) {
        this.room = room;
        this.pace = pace;
    }

    @Override
    public LineReply answer(String line) {
        List<String> words = List.of(line.strip().split(" +", -1));
        return switch (words.getFirst() + " " + words.size()) {
            case "RESERVE 4" -> reserve(words.get(1), words.get(2), words.get(3));
            case "LEVEL 2" -> level(words.get(1));
            case "QUIT 1" -> new LineReply.Last("BYE");
            default -> error("command: " + words.getFirst() + " (expected: RESERVE item n order | LEVEL item | QUIT)");
        };
    }

    private LineReply reserve(String item, String quantity, String order) {
        if (!quantity.matches("[1-9][0-9]{0,3}")) {
            return error("n: " + quantity + " (expected: 1..9999)");
        }
        if (!room.has(item)) {
            return unknown(item);
        }
        pace.work(WORK);
        Shelves.Reservation reservation = room.reserve(item, Integer.parseInt(quantity), order);
        return new LineReply.Line((reservation.made() ? "OK " : "SHORT ") + reservation.left());
    }

    private LineReply level(String item) {
        if (!room.has(item)) {
            return unknown(item);
        }
        pace.work(WORK);
        return new LineReply.Line("OK " + room.level(item));
    }

    private static LineReply unknown(String item) {
        return error("item: " + item + " (expected: an item's id)");
    }

    private static LineReply error(String why) {
        return new LineReply.Line("ERR " + why);
    }
}
