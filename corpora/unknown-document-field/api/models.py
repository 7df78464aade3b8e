from datetime import datetime
from typing import Any, Dict, List, Optional

from pydantic import BaseModel, ConfigDict, Field


class Line(BaseModel):
    sku: str
    amount: int


class Order(BaseModel):
    id: str
    user_id: str
    total: float
    lines: List[Line] = []
    attributes: Dict[str, Any] = Field(default_factory=dict)
    created_at: datetime
    note: Optional[str] = None


class Ticket(BaseModel):
    model_config = ConfigDict(extra="allow")
    id: str


class Receipt(BaseModel):
    id: str

    class Config:
        alias_generator = str.upper


class Coupon(BaseModel):
    id: str

    def to_dict(self):
        return {"id": self.id, "kind": "coupon"}


class Event(BaseModel):
    id: str
    kind: str
