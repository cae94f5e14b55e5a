package io.signalbox.shop.service;

import io.signalbox.shop.live.LiveMessage;
import io.signalbox.shop.live.LiveRoom;
import io.signalbox.shop.service.Message.Cart;
import io.signalbox.shop.service.Message.CartLine;
import io.signalbox.shop.service.Message.Order;
import io.signalbox.shop.service.Message.OrderPlaced;
import io.signalbox.shop.service.Message.Wish;
import io.signalbox.shop.web.Answer;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.Neighbours;
import io.signalbox.shop.web.Refusal;
import io.signalbox.shop.web.Reply;
import io.signalbox.shop.web.Site;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The shop's front: what shoppers talk to. Whoever comes without an id is given one, in a cookie. */
final class Storefront implements Application {

    private static final Duration WORK = Duration.ofMillis(1);
    private static final int LONGEST_ORDER_ID = 64;

    private final Neighbours neighbours;
    private final Workplace workplace;
    private final Chance chance;
    private final PriceBoard prices;
    private final LiveRoom live;

    Storefront(Workplace workplace, Chance chance, PriceBoard prices) {
        this.workplace = workplace;
        this.neighbours = workplace.neighbours();
        this.chance = chance;
        this.prices = prices;
        this.live = new LiveRoom(prices);
    }

    /** The front, with the door to its live news. */
    Site site(Application front) {
        return new Site(front, Optional.of(live.door()));
    }

    @Override
    public Reply answer(Call call) {
        Optional<String> shopper = call.shopper();
        if (shopper.isPresent()) {
            return serve(call.withShopper(shopper.get()));
        }
        String guest = "guest-" + Integer.toHexString(chance.between(0x1000, 0x10000));
        return serve(call.withShopper(guest)).withHeader("set-cookie", Call.SHOPPER + "=" + guest + "; Path=/");
    }

    private Reply serve(Call call) {
        workplace.pace().work(WORK);
        return switch (call.method() + " " + call.path()) {
            case "GET /" -> passedOn(neighbours.get(call, "catalog", "/featured"));
            case "GET /browse" -> browse(call);
            case "GET /cart" -> passedOn(neighbours.get(call, "cart", "/cart"));
            case "POST /cart/items" -> addToCart(call);
            case "GET /prices" -> prices.quote(call);
            case "POST /haggle" -> prices.haggle(call);
            case "POST /checkout" -> checkout(call);
            case "GET /live" -> throw new Refusal(426, "upgrade: missing (expected: websocket)");
            default -> throw Workplace.unknown(call);
        };
    }

    private Reply browse(Call call) {
        String path = "/items?category=" + encoded(call.required("category"));
        return passedOn(neighbours.get(call, "catalog", path));
    }

    private Reply addToCart(Call call) {
        Wish wish = call.body(Wish.class);
        if (wish.quantity() < 1 || wish.quantity() > 99) {
            throw new Refusal(400, "quantity: " + wish.quantity() + " (expected: 1..99)");
        }
        Item item = neighbours
                .get(call, "catalog", "/items/" + encoded(wish.item()))
                .as(Item.class);
        CartLine line = new CartLine(item.id(), item.name(), item.priceCents(), wish.quantity());
        return passedOn(neighbours.post(call, "cart", "/cart/items", line));
    }

    private Reply checkout(Call call) {
        Cart cart = neighbours.get(call, "cart", "/cart").as(Cart.class);
        if (cart.lines().isEmpty()) {
            throw new Refusal(409, "The cart of " + cart.shopper() + " is empty");
        }
        Order order = new Order(orderId(call), cart.shopper(), cart.lines(), cart.totalCents());
        Answer answer = neighbours.post(call, "checkout", "/orders", order);
        OrderPlaced placed = answer.as(OrderPlaced.class);
        neighbours.delete(call, "cart", "/cart").orRefuse();
        live.tell(new LiveMessage.Order(cart.lines().size(), placed.totalCents()));
        prices.stockNews(placed.left()).forEach(live::tell);
        return Reply.passingOn(answer);
    }

    /** The request's own id if it has one: whoever sends the same order again means the same order. */
    private String orderId(Call call) {
        String request = call.headers().getOrDefault("x-request-id", Long.toHexString(chance.between(0, 1 << 30)));
        String word = request.replaceAll("[^A-Za-z0-9._-]", "-");
        return "o-" + word.substring(0, Math.min(word.length(), LONGEST_ORDER_ID));
    }

    private static Reply passedOn(Answer answer) {
        return Reply.passingOn(answer.orRefuse());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
