import { from, loadFrom, node } from 'flowerpower';

interface Payment {
  readonly account: string;
  readonly branch: string;
  readonly amount: string;
}
interface Branch {
  readonly branch: string;
  readonly name: string;
}

/** What was paid at each branch, by its name. `payments` comes from the configuration, `branches` from here. */
export const totals = node(
  ({ payments, branches }: { payments: readonly Payment[]; branches: readonly Branch[] }) =>
    branches.map(({ branch, name }) => ({ branch: name, total: totalOf(payments, branch) })),
  loadFrom({
    branches: from.fixedWidth({
      path: 'zip://may/branches.dat',
      columns: [
        { name: 'branch', width: 4 },
        { name: 'name', width: 12 },
      ],
    }),
  }),
);

function totalOf(payments: readonly Payment[], branch: string): string {
  const cents = payments
    .filter((payment) => payment.branch === branch)
    .reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
  return (cents / 100).toFixed(2);
}
