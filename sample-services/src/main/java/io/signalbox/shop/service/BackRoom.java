package io.signalbox.shop.service;

import io.signalbox.shop.service.Message.Cart;
import io.signalbox.shop.service.Message.CartLine;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.DirectClient;
import io.signalbox.shop.web.Json;
import io.signalbox.shop.web.Refusal;
import io.signalbox.shop.web.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What instances of one service share: carts, as in a session cache, and what lies in the store, as in a database. It is
 * in this process, or in another one that opens its {@link #door}.
 */
public final class BackRoom {

    private final Sessions sessions;
    private final Shelves shelves;

    private BackRoom(Sessions sessions, Shelves shelves) {
        this.sessions = sessions;
        this.shelves = shelves;
    }

    public static BackRoom inMemory(Range range) {
        return new BackRoom(new CartSessions(), new StockRoom(range));
    }

    /** One whose door that client leads to. */
    public static BackRoom behind(DirectClient door) {
        return new BackRoom(new SessionsBehindDoor(door), new ShelvesBehindDoor(door));
    }

    Sessions sessions() {
        return sessions;
    }

    Shelves shelves() {
        return shelves;
    }

    /** Answers those who use it from other processes: {@code /carts} and {@code /shelves}. */
    public Application door() {
        return call -> switch (call.method() + " " + call.path()) {
            case "GET /carts" -> Reply.ok(sessions.cart(call.required("shopper")));
            case "POST /carts" -> Reply.ok(sessions.add(call.required("shopper"), call.body(CartLine.class)));
            case "DELETE /carts" -> Reply.ok(sessions.empty(call.required("shopper")));
            case "GET /shelves" -> Reply.ok(new Level(shelves.level(call.required("item"))));
            case "POST /shelves" ->
                Reply.ok(shelves.reserve(call.required("item"), quantity(call), call.required("order")));
            default -> throw Workplace.unknown(call);
        };
    }

    private static int quantity(Call call) {
        try {
            return Integer.parseInt(call.required("quantity"));
        } catch (NumberFormatException e) {
            throw new Refusal(400, "query.quantity: " + call.required("quantity") + " (expected: a whole number)");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Level(int left) {}

    private record SessionsBehindDoor(DirectClient door) implements Sessions {

        @Override
        public Cart cart(String shopper) {
            return ask("GET", shopper, "");
        }

        @Override
        public Cart add(String shopper, CartLine line) {
            return ask("POST", shopper, Json.write(line));
        }

        @Override
        public Cart empty(String shopper) {
            return ask("DELETE", shopper, "");
        }

        private Cart ask(String method, String shopper, String body) {
            return door.send(method, "/carts?shopper=" + encoded(shopper), body).as(Cart.class);
        }
    }

    private record ShelvesBehindDoor(DirectClient door) implements Shelves {

        @Override
        public int level(String item) {
            return door.send("GET", "/shelves?item=" + encoded(item), "")
                    .as(Level.class)
                    .left();
        }

        @Override
        public Reservation reserve(String item, int quantity, String order) {
            String path = "/shelves?item=" + encoded(item) + "&quantity=" + quantity + "&order=" + encoded(order);
            return door.send("POST", path, "").as(Reservation.class);
        }
    }
}
