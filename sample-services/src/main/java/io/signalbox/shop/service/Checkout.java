package io.signalbox.shop.service;

import io.signalbox.shop.pricing.v1.BasketTotal;
import io.signalbox.shop.service.Message.Mail;
import io.signalbox.shop.service.Message.Order;
import io.signalbox.shop.service.Message.OrderPlaced;
import io.signalbox.shop.service.Message.Payment;
import io.signalbox.shop.service.Message.Receipt;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.NeighbourFailure;
import io.signalbox.shop.web.Neighbours;
import io.signalbox.shop.web.Refusal;
import io.signalbox.shop.web.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns a cart into an order: verifies its prices, reserves what was ordered, takes the payment, then sends a mail. Goes
 * on when the mail cannot be sent. What was reserved for an order that fails stays reserved.
 */
final class Checkout implements Application {

    private static final Duration WORK = Duration.ofMillis(1);

    private final Workplace workplace;
    private final Neighbours neighbours;
    private final PricingDesk pricing;
    private final StockDesk stock;

    Checkout(Workplace workplace, PricingDesk pricing, StockDesk stock) {
        this.workplace = workplace;
        this.neighbours = workplace.neighbours();
        this.pricing = pricing;
        this.stock = stock;
    }

    @Override
    public Reply answer(Call call) {
        if (!call.method().equals("POST") || !call.path().equals("/orders")) {
            throw Workplace.unknown(call);
        }
        workplace.pace().work(WORK);
        Order order = call.body(Order.class);
        BasketTotal total = verified(call, order);
        Map<String, Integer> left = reserved(order);
        Payment payment = new Payment(order.id(), order.shopper(), total.getTotalCents());
        Receipt receipt = neighbours.post(call, "payment", "/payments", payment).as(Receipt.class);
        boolean mailSent = mail(call, order);
        return Reply.json(
                201,
                new OrderPlaced(
                        order.id(),
                        total.getTotalCents(),
                        total.getDiscountCents(),
                        receipt.authorization(),
                        mailSent,
                        left));
    }

    /** A cart may be older than a price: nobody pays for what it says without asking. */
    private BasketTotal verified(Call call, Order order) {
        BasketTotal total = pricing.basket(call, order.lines());
        if (total.getListCents() != order.totalCents()) {
            throw new Refusal(409, "totalCents: " + order.totalCents() + " (expected: " + total.getListCents() + ")");
        }
        return total;
    }

    /** An item that lies in the cart twice is reserved once, for stock takes an order's second wish for a repetition. */
    private Map<String, Integer> reserved(Order order) {
        Map<String, Integer> quantities = new LinkedHashMap<>();
        order.lines().forEach(line -> quantities.merge(line.item(), line.quantity(), Integer::sum));
        quantities.replaceAll((item, quantity) -> stock.reserve(item, quantity, order.id()));
        return quantities;
    }

    private boolean mail(Call call, Order order) {
        Mail mail = new Mail(
                order.shopper(), "Your order " + order.id(), order.lines().size() + " lines, thank you.");
        try {
            return neighbours.post(call, "mailer", "/mails", mail).status() < 300;
        } catch (NeighbourFailure withoutMail) {
            return false;
        }
    }
}
