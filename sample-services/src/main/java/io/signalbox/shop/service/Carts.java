package io.signalbox.shop.service;

import io.signalbox.shop.service.Message.CartLine;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Reply;
import java.time.Duration;

/** The cart of the shopper who asks. */
final class Carts implements Application {

    private static final Duration WORK = Duration.ofMillis(1);

    private final Workplace workplace;
    private final CartKeeping keeping;

    Carts(Workplace workplace, CartKeeping keeping) {
        this.workplace = workplace;
        this.keeping = keeping;
    }

    @Override
    public Reply answer(Call call) {
        String shopper = call.requiredShopper();
        workplace.pace().work(WORK);
        Sessions sessions = keeping.sessions();
        return switch (call.method() + " " + call.path()) {
            case "GET /cart" -> Reply.ok(sessions.cart(shopper));
            case "POST /cart/items" -> Reply.json(201, sessions.add(shopper, call.body(CartLine.class)));
            case "DELETE /cart" -> Reply.ok(sessions.empty(shopper));
            default -> throw Workplace.unknown(call);
        };
    }
}
