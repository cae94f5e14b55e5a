package io.signalbox.shop.service;

import io.signalbox.shop.service.Message.Mail;
import io.signalbox.shop.service.Message.Order;
import io.signalbox.shop.service.Message.OrderPlaced;
import io.signalbox.shop.service.Message.Payment;
import io.signalbox.shop.service.Message.Receipt;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.NeighbourFailure;
import io.signalbox.shop.web.Neighbours;
import io.signalbox.shop.web.Reply;
import java.time.Duration;

/** Turns a cart into an order: takes the payment, then sends a mail. Goes on when the mail cannot be sent. */
final class Checkout implements Application {

    private static final Duration WORK = Duration.ofMillis(1);

    private final Workplace workplace;
    private final Neighbours neighbours;

    Checkout(Workplace workplace) {
        this.workplace = workplace;
        this.neighbours = workplace.neighbours();
    }

    @Override
    public Reply answer(Call call) {
        if (!call.method().equals("POST") || !call.path().equals("/orders")) {
            throw Workplace.unknown(call);
        }
        workplace.pace().work(WORK);
        Order order = call.body(Order.class);
        Payment payment = new Payment(order.id(), order.shopper(), order.totalCents());
        Receipt receipt = neighbours.post(call, "payment", "/payments", payment).as(Receipt.class);
        boolean mailSent = mail(call, order);
        return Reply.json(201, new OrderPlaced(order.id(), order.totalCents(), receipt.authorization(), mailSent));
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
